const starts: readonly ((bytes: Buffer) => boolean)[] = [
  bytes => bytes.subarray(0, 8).equals(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')),
  bytes => bytes.subarray(0, 3).equals(Buffer.from('\xff\xd8\xff', 'latin1')),
  bytes => bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP',
]

/** True when the bytes begin as a PNG, JPEG or WebP does, whatever they are called. */
export const isPicture = (bytes: Buffer): boolean => starts.some(begins => begins(bytes))
