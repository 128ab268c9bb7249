import type { PictureFormat } from './sniff.ts'

type Detector = (bytes: Uint8Array) => boolean

const chunkName = (bytes: Uint8Array, at: number) => String.fromCharCode(...bytes.subarray(at, at + 4))

/** The position after a chain of GIF sub-blocks, each led by its length and the last of length zero. */
const afterSubBlocks = (bytes: Uint8Array, start: number) => {
  let at = start
  for (let length = bytes[at]; length; length = bytes[at]) at += length + 1
  return at + 1
}

const colourTableBytes = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0)

const gif: Detector = bytes => {
  let frames = 0
  let at = 13 + colourTableBytes(bytes[10] ?? 0)
  while (at < bytes.length) {
    const block = bytes[at]
    if (block === 0x21) at = afterSubBlocks(bytes, at + 2)
    else if (block === 0x2c) {
      frames += 1
      if (frames > 1) return true
      at = afterSubBlocks(bytes, at + 11 + colourTableBytes(bytes[at + 9] ?? 0))
    } else return false
  }
  return false
}

/** An animated PNG announces itself with an acTL chunk before its first image data. */
const png: Detector = bytes => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 8
  while (at + 8 <= bytes.length) {
    const name = chunkName(bytes, at + 4)
    if (name === 'acTL') return true
    if (name === 'IDAT') return false
    at += 12 + view.getUint32(at)
  }
  return false
}

const webp: Detector = bytes => chunkName(bytes, 12) === 'VP8X' && ((bytes[20] ?? 0) & 0x02) !== 0

const avif: Detector = bytes => chunkName(bytes, 8) === 'avis'

const detectors: Partial<Record<PictureFormat, Detector>> = { gif, png, webp, avif }

/** Whether the picture moves; only its first frame is used then, and the person is told. */
export const isAnimated = (bytes: Uint8Array, format: PictureFormat) => detectors[format]?.(bytes) ?? false
