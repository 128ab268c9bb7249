export type PictureKind = 'png' | 'jpeg' | 'webp'

/** What the bytes themselves say they are; null: nothing we accept. No decoder has seen them yet. */
export function pictureKind(bytes: Buffer): PictureKind | null {
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'png'
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return 'jpeg'
  if (bytes.length > 12 && text(bytes, 0) === 'RIFF' && text(bytes, 8) === 'WEBP') return 'webp'
  return null
}

/** True for the kinds of pictures that come in and go out, whatever they are called. */
export const isPicture = (bytes: Buffer): boolean => pictureKind(bytes) !== null

const startsWith = (bytes: Buffer, magic: number[]) =>
  bytes.length > magic.length && magic.every((value, index) => bytes[index] === value)

const text = (bytes: Buffer, at: number) => bytes.toString('latin1', at, at + 4)

/** True for a binary glTF 2 file that is as long as it says: some providers hand out OBJ or FBX under the same name. */
export function isGlb(bytes: Buffer): boolean {
  return (
    bytes.length >= 20 &&
    bytes.toString('latin1', 0, 4) === 'glTF' &&
    bytes.readUInt32LE(4) === 2 &&
    bytes.readUInt32LE(8) === bytes.length
  )
}
