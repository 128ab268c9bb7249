import type { PictureFormat } from '../inspect/sniff.ts'

/** A photograph as PNG is many times its size for nothing; above this a picture without alpha becomes a JPEG. */
const plainPngBytes = 3 * 1024 * 1024

/** Up to this many pixels nothing is lost: Chrome's JPEG halves the colours, which shows in small pictures. The backend's line. */
const smallPixels = 1_000_000

/** Formats of drawings and screenshots, whose edges a JPEG would smear. */
const lossless: readonly PictureFormat[] = ['png', 'gif', 'bmp', 'ico', 'svg']

export type Encode = (type: 'image/png' | 'image/jpeg' | 'image/webp', quality?: number) => Promise<Blob>

interface Drawn {
  format: PictureFormat | null
  hasAlpha: boolean
  pixels: number
  maxBytes: number
}

/**
 * Chooses how a drawn picture travels: PNG keeps alpha, the hard edges of drawings and the colours of small pictures, JPEG
 * suits large photographs, WebP carries alpha when PNG would be larger than the backend accepts.
 */
export const encodeDrawn = async ({ format, hasAlpha, pixels, maxBytes }: Drawn, encode: Encode): Promise<Blob> => {
  if (hasAlpha) {
    const png = await encode('image/png')
    return png.size <= maxBytes ? png : encode('image/webp', 0.92)
  }
  if (pixels <= smallPixels || (format !== null && lossless.includes(format))) {
    const png = await encode('image/png')
    if (png.size <= plainPngBytes) return png
  }
  return encode('image/jpeg', 0.92)
}

/** Whether RGBA data lets something through in some of its pixels, and whether there is nothing at all. */
export const alphaOf = (rgba: Uint8ClampedArray): 'none' | 'some' | 'empty' => {
  let hasOpaque = false
  let hasClear = false
  for (let at = 3; at < rgba.length && !(hasOpaque && hasClear); at += 4) {
    if (rgba[at] !== 255) hasClear = true
    if (rgba[at] !== 0) hasOpaque = true
  }
  return !hasOpaque ? 'empty' : hasClear ? 'some' : 'none'
}
