import Fastify from 'fastify'
import { afterEach, expect, test } from 'vitest'
import { registerJsonBodies } from './json-body.ts'
import { registerProblems } from './problems.ts'
import { schemaOptions } from './schemas.ts'

let app = Fastify()
afterEach(() => app.close())

function build() {
  app = Fastify({ bodyLimit: 1024 * 1024, ...schemaOptions })
  registerProblems(app)
  registerJsonBodies(app)
  const body = { type: 'object', properties: { a: {} }, additionalProperties: false }
  app.post('/', { schema: { body } }, async request => request.body)
}

const send = (payload: string, type = 'application/json') =>
  app.inject({ method: 'POST', url: '/', headers: { 'content-type': type }, payload })

test('plain JSON arrives as it is', async () => {
  build()
  expect((await send('{"a":[1,{"b":"ü"}]}')).json()).toEqual({ a: [1, { b: 'ü' }] })
})

test.each([
  ['[C32a] __proto__', '{"__proto__":{"a":1]', 400],
  ['[C32a] constructor.prototype', '{"a":{"constructor":{"prototype":{]},"constructor":{]', 400],
  ['[C32b] a key that stands twice', '{"a":1,"a":2}', 400],
  ['[C32c] 10,000 levels', '['.repeat(10_000) + ']'.repeat(10_000), 400],
  ['[C32d] 1 MB and 1 byte', `{"a":"${'x'.repeat(1024 * 1024 - 7)}"}`, 413],
  ['no JSON', '{"a":', 400],
  ['nothing', '', 400],
])('%s is refused', async (_name, payload, status) => {
  build()
  const answer = await send(payload)
  expect(answer.statusCode).toBe(status)
  expect(answer.headers['content-type']).toBe('application/problem+json')
})

test('[C28] what a form of another site could send without asking is not read as JSON', async () => {
  build()
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])
    expect((await send('{"a":1}', type)).json()).toMatchObject({ status: 415, code: 'unsupported_media_type' })
})
