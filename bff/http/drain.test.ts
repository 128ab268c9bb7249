import { once } from 'node:events'
import { connect } from 'node:net'
import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { openLine } from '../test/raw-http.ts'
import { registerDrain } from './drain.ts'
import { registerHeaders } from './headers.ts'
import { registerProblems } from './problems.ts'

async function listen() {
  const app = Fastify({ return503OnClosing: false })
  registerDrain(app, { graceMs: 60_000 })
  registerHeaders(app, { https: false })
  registerProblems(app)
  const answer = Promise.withResolvers<string>()
  const asked = Promise.withResolvers<void>()
  app.get('/slow', async () => {
    asked.resolve()
    return answer.promise
  })
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  return { app, url, answer, asked: asked.promise }
}

test('a connection that was opened and never used does not hold up a stop', async () => {
  const { app, url } = await listen()
  const unused = connect(Number(new URL(url).port), '127.0.0.1')
  await once(unused, 'connect')
  const cut = once(unused, 'close')
  await Promise.all([app.close(), cut])
  expect(app.server.listening).toBe(false)
})

test('a request under way is answered before the connections close', async () => {
  const { app, url, answer, asked } = await listen()
  const request = fetch(`${url}/slow`)
  await asked
  const closed = app.close()
  answer.resolve('done')
  expect(await (await request).text()).toBe('done')
  await closed
})

test('a request that comes during a stop is told to come back later', async () => {
  const { app, url, answer, asked } = await listen()
  const port = Number(new URL(url).port)
  const underWay = fetch(`${url}/slow`)
  await asked
  const late = openLine(port)
  await late.opened
  const closed = app.close()
  const refused = await late.send('GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n')
  expect(refused).toMatchObject({ status: 503, headers: { connection: 'close', 'x-content-type-options': 'nosniff' } })
  expect(JSON.parse(refused.body)).toMatchObject({ code: 'unavailable' })
  answer.resolve('done')
  expect(await (await underWay).text()).toBe('done')
  await closed
})
