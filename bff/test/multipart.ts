export type Part = { name: string; value: string } | { name: string; filename: string; type: string; bytes: Buffer }

/** A multipart/form-data body, byte for byte as given: names and values may be as wrong as the test wants. */
export function multipart(parts: Part[]): { body: Buffer; contentType: string } {
  const boundary = 'mimicit-test-boundary'
  const chunks = parts.flatMap(part => {
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${part.name}"`
    return 'value' in part
      ? [Buffer.from(`${head}\r\n\r\n${part.value}\r\n`)]
      : [
          Buffer.from(`${head}; filename="${part.filename}"\r\nContent-Type: ${part.type}\r\n\r\n`),
          part.bytes,
          Buffer.from('\r\n'),
        ]
  })
  return {
    body: Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]),
    contentType: `multipart/form-data; boundary=${boundary}`,
  }
}
