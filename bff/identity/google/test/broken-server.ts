import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

export type Fault =
  | 'silent'
  | 'stops half way'
  | 'drips'
  | 'endless'
  | 'huge'
  | '500'
  | 'not JSON'
  | 'redirect'
  | 'empty'

const json = { 'content-type': 'application/json' }

const answers: Record<Fault, (answer: ServerResponse, port: number) => void> = {
  silent: () => {},
  'stops half way': answer => void answer.writeHead(200, json).write('{"a":'),
  drips(answer) {
    answer.writeHead(200, json)
    const timer = setInterval(() => answer.write(' '), 5)
    answer.on('close', () => clearInterval(timer))
  },
  endless(answer) {
    answer.writeHead(200, json)
    const part = ' '.repeat(64 * 1024)
    const more = () => {
      while (!answer.destroyed && answer.write(part));
    }
    answer.on('drain', more)
    more()
  },
  huge: answer => void answer.writeHead(200, json).end(`{"a":"${'x'.repeat(1024 ** 2)}"}`),
  '500': answer => void answer.writeHead(500, json).end('{"error":"server_error"}'),
  'not JSON': answer => void answer.writeHead(200, { 'content-type': 'text/html' }).end('<p>Sign in to the Wi-Fi'),
  redirect: (answer, port) => void answer.writeHead(302, { location: `http://127.0.0.1:${port}/elsewhere` }).end(),
  empty: answer => void answer.writeHead(200, json).end(),
}

/** A server that answers everything in one wrong way; counts what it was asked. */
export async function startBrokenServer(fault: Fault) {
  const asked: string[] = []
  const server = createServer((request, answer) => {
    asked.push(request.url ?? '')
    answers[fault](answer, port())
  })
  const port = () => (server.address() as AddressInfo).port
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${port()}`, asked }
}
