import type { PictureFormat } from './sniff.ts'

export interface Dimensions {
  width: number
  height: number
}

type HeaderReader = (view: DataView) => Dimensions | null

const png: HeaderReader = view => ({ width: view.getUint32(16), height: view.getUint32(20) })

const gif: HeaderReader = view => ({ width: view.getUint16(6, true), height: view.getUint16(8, true) })

const os2HeaderBytes = 12

/** A negative height means that the rows run from top to bottom. The old header of OS/2 has shorter fields. */
const bmp: HeaderReader = view =>
  view.getUint32(14, true) === os2HeaderBytes
    ? { width: view.getUint16(18, true), height: view.getUint16(20, true) }
    : { width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) }

const uint24 = (view: DataView, offset: number) => view.getUint16(offset, true) | (view.getUint8(offset + 2) << 16)

const webp: HeaderReader = view => {
  const chunk = String.fromCharCode(view.getUint8(12), view.getUint8(13), view.getUint8(14), view.getUint8(15))
  if (chunk === 'VP8X') return { width: uint24(view, 24) + 1, height: uint24(view, 27) + 1 }
  if (chunk === 'VP8 ') return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
  if (chunk !== 'VP8L') return null
  const bits = view.getUint32(21, true)
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
}

/** Start-of-frame markers C0 to CF, without the tables (C4, CC) and the reserved C8. */
const isFrameMarker = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc

const jpeg: HeaderReader = view => {
  let at = 2
  while (at + 9 <= view.byteLength) {
    if (view.getUint8(at) !== 0xff) return null
    const marker = view.getUint8(at + 1)
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (isFrameMarker(marker)) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
    at += 2 + view.getUint16(at + 2)
  }
  return null
}

const readers: Partial<Record<PictureFormat, HeaderReader>> = { png, gif, bmp, webp, jpeg }

/**
 * Size as the header states it, so that a picture of a billion pixels is refused before anything decodes it.
 * Null where the header is not read (AVIF, ICO, SVG) or is cut off: the decoder then has the word.
 */
export const headerDimensions = (bytes: Uint8Array, format: PictureFormat): Dimensions | null => {
  try {
    return readers[format]?.(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)) ?? null
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}
