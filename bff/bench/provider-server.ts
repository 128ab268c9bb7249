import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { png } from '../test/fakes/files.ts'

/**
 * A provider that has every answer ready, in a process of its own: pictures of as many bytes as the address says. With
 * "/together/64/" in the address, nobody is answered before 64 have asked.
 */
const answers = new Map<string, Buffer>()
const waiting: (() => void)[] = []

function answerOf(path: string): Buffer {
  const bytes = png(7, Number(/\/(\d+)\/images/.exec(path)?.[1]))
  return Buffer.from(JSON.stringify({ created: 1, data: [{ b64_json: bytes.toString('base64') }] }))
}

function send(response: ServerResponse, path: string): void {
  const answer = answers.get(path) ?? answerOf(path)
  answers.set(path, answer)
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length }).end(answer)
}

const server = createServer((request, response) => {
  const path = request.url!
  const together = Number(/\/together\/(\d+)\//.exec(path)?.[1] ?? 1)
  request.resume()
  request.on('end', () => {
    waiting.push(() => send(response, path))
    if (waiting.length >= together) for (const answer of waiting.splice(0)) answer()
  })
})
server.listen(0, '127.0.0.1', () => process.send!((server.address() as AddressInfo).port))
