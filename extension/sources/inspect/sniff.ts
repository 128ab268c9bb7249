/** What the bytes themselves say they are; names, addresses and content types are only hearsay. */
export type PictureFormat = 'png' | 'jpeg' | 'webp' | 'gif' | 'avif' | 'bmp' | 'ico' | 'svg'

const startsWith = (bytes: Uint8Array, offset: number, ...expected: number[]) =>
  expected.every((byte, index) => bytes[offset + index] === byte)

const ascii = (bytes: Uint8Array, from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to))

/** Far enough for the licence comments that drawing programs put in front of the root element. */
const svgPrologBytes = 4096
const svgRoot =
  /^\uFEFF?\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*(?:<!DOCTYPE\s+svg[^[>]*(?:\[[\s\S]*?\])?\s*>\s*)?(?:<!--[\s\S]*?-->\s*)*<svg[\s>]/i

const isSvg = (bytes: Uint8Array) => svgRoot.test(new TextDecoder().decode(bytes.subarray(0, svgPrologBytes)))

/** The format by its magic bytes, or null when this is no picture that Chrome can open. */
export const sniffFormat = (bytes: Uint8Array): PictureFormat | null => {
  if (startsWith(bytes, 0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'png'
  if (startsWith(bytes, 0, 0xff, 0xd8, 0xff)) return 'jpeg'
  const head = ascii(bytes, 0, 12)
  if (head.startsWith('RIFF') && head.endsWith('WEBP')) return 'webp'
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a')) return 'gif'
  if (head.endsWith('ftypavif') || head.endsWith('ftypavis')) return 'avif'
  if (head.startsWith('BM') && bytes.length > 26) return 'bmp'
  if (startsWith(bytes, 0, 0, 0, 1, 0) && bytes.length > 22) return 'ico'
  return isSvg(bytes) ? 'svg' : null
}
