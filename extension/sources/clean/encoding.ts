import type { PictureFormat } from '../inspect/sniff.ts'

/** A photograph as PNG is many times its size for nothing; above this a picture without alpha becomes a JPEG. */
const plainPngBytes = 3 * 1024 * 1024

const lossless: readonly PictureFormat[] = ['png', 'gif', 'bmp', 'ico', 'svg']

export type Encode = (type: 'image/png' | 'image/jpeg' | 'image/webp', quality?: number) => Promise<Blob>

interface Drawn {
  format: PictureFormat
  hasAlpha: boolean
  maxBytes: number
}

/**
 * Chooses how a drawn picture travels: PNG keeps alpha and the hard edges of drawings, JPEG suits photographs,
 * WebP carries alpha when PNG would be larger than the backend accepts.
 */
export const encodeDrawn = async ({ format, hasAlpha, maxBytes }: Drawn, encode: Encode): Promise<Blob> => {
  if (hasAlpha) {
    const png = await encode('image/png')
    return png.size <= maxBytes ? png : encode('image/webp', 0.92)
  }
  if (lossless.includes(format)) {
    const png = await encode('image/png')
    if (png.size <= plainPngBytes) return png
  }
  return encode('image/jpeg', 0.92)
}

/** Whether any pixel of RGBA data lets something through. */
export const hasTransparency = (rgba: Uint8ClampedArray) => {
  for (let at = 3; at < rgba.length; at += 4) if (rgba[at] !== 255) return true
  return false
}
