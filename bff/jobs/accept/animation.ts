import type { PictureKind } from '../../providers/shared/file-kind.ts'

/** True when the file holds more than one frame. Read from the chunks, because decoders show an APNG as a still. */
export function isAnimated(bytes: Buffer, kind: PictureKind): boolean {
  if (kind === 'png') return hasAnimationChunk(bytes)
  if (kind === 'webp') return hasAnimationFlag(bytes)
  return false
}

/** APNG: an acTL chunk in front of the first IDAT. */
function hasAnimationChunk(bytes: Buffer): boolean {
  for (let at = 8; at + 8 <= bytes.length; ) {
    const type = bytes.toString('latin1', at + 4, at + 8)
    if (type === 'acTL') return true
    if (type === 'IDAT') return false
    at += 12 + bytes.readUInt32BE(at)
  }
  return false
}

/** WebP: bit 1 of the flags in the extended header. */
const hasAnimationFlag = (bytes: Buffer) =>
  bytes.length > 20 && bytes.toString('latin1', 12, 16) === 'VP8X' && (bytes[20]! & 0b10) !== 0
