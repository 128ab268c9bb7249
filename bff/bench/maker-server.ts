import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A maker that has every answer ready, in a process of its own: pictures of as many bytes as the address says. */
const answers = new Map<string, Buffer>()

function answerOf(path: string): Buffer {
  const bytes = Buffer.alloc(Number(/\d+/.exec(path)?.[0]), 7)
  bytes.write('\x89PNG\r\n\x1a\n', 'latin1')
  return Buffer.from(JSON.stringify({ created: 1, data: [{ b64_json: bytes.toString('base64') }] }))
}

const server = createServer((request, response) => {
  const path = request.url!
  const answer = answers.get(path) ?? answerOf(path)
  answers.set(path, answer)
  request.resume()
  request.on('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end(answer))
})
server.listen(0, '127.0.0.1', () => process.send!((server.address() as AddressInfo).port))
