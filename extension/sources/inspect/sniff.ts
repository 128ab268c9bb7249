/** What the bytes themselves say they are; names, addresses and content types are only hearsay. */
export type PictureFormat = 'png' | 'jpeg' | 'webp' | 'gif' | 'avif' | 'heic' | 'bmp' | 'ico' | 'svg'

const startsWith = (bytes: Uint8Array, offset: number, ...expected: number[]) =>
  expected.every((byte, index) => bytes[offset + index] === byte)

const ascii = (bytes: Uint8Array, from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to))

/** Far enough for the licence comments that drawing programs put in front of the root element. */
const svgPrologBytes = 4096
const svgRoot =
  /^\uFEFF?\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*(?:<!DOCTYPE\s+svg[^[>]*(?:\[[\s\S]*?\])?\s*>\s*)?(?:<!--[\s\S]*?-->\s*)*<svg[\s>]/i

const isSvg = (bytes: Uint8Array) => svgRoot.test(new TextDecoder().decode(bytes.subarray(0, svgPrologBytes)))

/** A file of boxes: its major brand, or else one of those it is compatible with, says what lies in it (ISO/IEC 14496-12). */
const ofIsoFile = (bytes: Uint8Array): PictureFormat | null => {
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0)
  const brands = ascii(bytes, 8, Math.min(length, bytes.length, 256)).match(/.{4}/gs) ?? []
  if (brands.some(brand => brand === 'avif' || brand === 'avis')) return 'avif'
  return brands.some(brand => /^(hei[cxms]|hev[cxms])$/.test(brand)) ? 'heic' : null
}

/**
 * The format by its magic bytes; null where they say nothing. It decides only what is special about a format: whether a
 * file is a picture, Chrome decides.
 */
export const sniffFormat = (bytes: Uint8Array): PictureFormat | null => {
  if (startsWith(bytes, 0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'png'
  if (startsWith(bytes, 0, 0xff, 0xd8, 0xff)) return 'jpeg'
  const head = ascii(bytes, 0, 12)
  if (head.startsWith('RIFF') && head.endsWith('WEBP')) return 'webp'
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a')) return 'gif'
  if (head.endsWith('ftyp', 8)) return ofIsoFile(bytes)
  if (head.startsWith('BM') && bytes.length > 26) return 'bmp'
  // A cursor is an icon that knows where it points.
  if ((startsWith(bytes, 0, 0, 0, 1, 0) || startsWith(bytes, 0, 0, 0, 2, 0)) && bytes.length > 22) return 'ico'
  return isSvg(bytes) ? 'svg' : null
}
