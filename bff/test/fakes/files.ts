import { crc32, deflateSync } from 'node:zlib'

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}

/** A true PNG of one grey pixel; each shade is another file. `padding` bytes of nothing make it larger. */
export function png(shade = 0, padding = 0): Buffer {
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0])
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')
  const filler = padding > 0 ? [chunk('miMi', Buffer.alloc(padding, shade))] : []
  const pixels = deflateSync(Buffer.from([0, shade]))
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', pixels),
    ...filler,
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** The smallest GLB: a scene of nothing. */
export function glb(): Buffer {
  const json = Buffer.from(JSON.stringify({ asset: { version: '2.0' } }).padEnd(28))
  const header = Buffer.alloc(20)
  header.write('glTF', 'latin1')
  header.writeUInt32LE(2, 4)
  header.writeUInt32LE(header.length + json.length, 8)
  header.writeUInt32LE(json.length, 12)
  header.write('JSON', 16, 'latin1')
  return Buffer.concat([header, json])
}
