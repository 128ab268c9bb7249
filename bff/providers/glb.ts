/** True for a binary glTF 2 file that is as long as it says: some providers hand out OBJ or FBX under the same name. */
export function isGlb(bytes: Buffer): boolean {
  return (
    bytes.length >= 20 &&
    bytes.toString('latin1', 0, 4) === 'glTF' &&
    bytes.readUInt32LE(4) === 2 &&
    bytes.readUInt32LE(8) === bytes.length
  )
}
