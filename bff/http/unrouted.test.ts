import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import Fastify from 'fastify'
import { afterEach, expect, test } from 'vitest'
import { sendRaw } from '../test/raw-http.ts'
import { registerHeaders } from './headers.ts'
import { answerUnrouted } from './unrouted.ts'

let app = Fastify()
afterEach(() => app.close())

/** A server that waits for the rest of a request for ever, or for a moment. */
async function listen({ isImpatient = false } = {}) {
  const options = { https: true }
  app = Fastify({
    ...answerUnrouted(options),
    ...(isImpatient && { requestTimeout: 200, http: { headersTimeout: 100, connectionsCheckingInterval: 20 } }),
  })
  registerHeaders(app, options)
  app.get('/things/:id', async () => 'a thing')
  app.post('/things', async () => 'made')
  app.get('/endless', (_request, reply) => reply.hijack().raw.writeHead(200).write('first'))
  await app.listen({ port: 0, host: '127.0.0.1' })
  return (app.server.address() as AddressInfo).port
}

const request = (path: string, more = '') =>
  `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${more}\r\n`

const slowBody = request('/things', 'Content-Type: application/json\r\nContent-Length: 9\r\n').replace('GET', 'POST')

test.each([
  ['an address with bad percent-encoding', request('/things/%zz-secret'), 400, 'invalid_request'],
  ['an id of 300 characters', request(`/things/${'secret'.repeat(50)}`), 400, 'invalid_request'],
  ['a method that does not exist', request('/secret').replace('GET', 'BREW'), 400, 'invalid_request'],
  ['a length that is no number', request('/secret', 'Content-Length: secret\r\n'), 400, 'invalid_request'],
  ['headers without end', request('/secret', `X-Secret: ${'secret'.repeat(4000)}\r\n`), 413, 'too_large'],
  ['[C59a] headers that do not arrive', 'GET /secret HTTP/1.1\r\nHost: x\r\n', 408, 'request_timeout'],
  ['[C59a] a body that does not arrive', slowBody, 408, 'request_timeout'],
])('%s is answered like everything else, and not quoted', async (_name, bytes, status, code) => {
  const answer = await sendRaw(await listen({ isImpatient: status === 408 }), bytes)
  expect(answer).toMatchObject({
    status,
    headers: {
      'content-type': 'application/problem+json',
      'content-length': String(answer.body.length),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
      'strict-transport-security': 'max-age=63072000; includeSubDomains',
      'cache-control': 'no-store',
    },
  })
  expect(JSON.parse(answer.body)).toMatchObject({ status, code })
  expect(answer.body).not.toContain('secret')
})

test('rubbish behind a request that is being answered is not answered into the middle of it', async () => {
  const socket = connect(await listen(), '127.0.0.1')
  let text = ''
  socket.on('data', chunk => {
    text += chunk
    if (text.includes('first')) socket.write('rubbish\r\n\r\n')
  })
  socket.write(request('/endless').replace('Connection: close\r\n', ''))
  await once(socket, 'close')
  expect(text.match(/HTTP\/1\.1/g)).toHaveLength(1)
})
