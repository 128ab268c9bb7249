import Fastify from 'fastify'
import { afterEach, describe, expect, test } from 'vitest'
import { ProblemError } from '../contract/problems.ts'
import { registerAccess } from './access.ts'
import { registerContractVersion } from './contract-version.ts'
import { registerCors } from './cors.ts'
import { registerHeaders } from './headers.ts'
import { registerLimits, registerPersonLimits } from './limits.ts'
import { registerProblems } from './problems.ts'

const extension = 'a'.repeat(32)
const token = 'T'.repeat(43)
const otherToken = 'O'.repeat(43)
const people: Record<string, { id: string; familyId: string }> = {
  [token]: { id: 'me', familyId: 'f' },
  [otherToken]: { id: 'you', familyId: 'g' },
}
let app = Fastify()
afterEach(() => app.close())

async function build({ perMinute = 100, perPerson = 100 } = {}) {
  app = Fastify()
  registerHeaders(app, { https: true })
  registerProblems(app)
  await registerCors(app, [extension])
  await registerLimits(app, { perMinute })
  registerContractVersion(app)
  registerAccess(app, {
    token: async t => people[t] ?? null,
    session: async () => null,
    refusal: async () => null,
  })
  registerPersonLimits(app, { perMinute: perPerson })
  app.get('/open', { config: { access: 'public' } }, async () => ({ ok: true }))
  app.get('/mine', { config: { access: 'person' } }, async request => ({ id: request.person.id }))
  app.post('/job', { config: { access: 'person', limit: 'job' } }, async () => ({ ok: true }))
  app.get('/enter', { config: { access: 'public', limit: 'sign-in' } }, async () => ({ ok: true }))
  app.get('/broken', { config: { access: 'public' } }, async () => {
    throw new Error('secret-inside')
  })
  app.get('/poor', { config: { access: 'public' } }, async () => {
    throw new ProblemError('insufficient_credits', { have: 4, need: 7 })
  })
  return app
}

test('a route without an access rule stops the start', async () => {
  const app = await build()
  expect(() => app.get('/forgotten', async () => 'x')).toThrow('declares no access rule')
})

test('a person route answers 401 without, with a malformed and with an unknown token', async () => {
  const app = await build()
  for (const authorization of [undefined, 'Bearer x', `Bearer ${'U'.repeat(43)}`, `Basic ${token}`]) {
    const answer = await app.inject({ url: '/mine', headers: authorization ? { authorization } : {} })
    expect([answer.statusCode, answer.json().code]).toEqual([401, 'signed_out'])
  }
  const answer = await app.inject({ url: '/mine', headers: { authorization: `Bearer ${token}` } })
  expect(answer.json()).toEqual({ id: 'me' })
})

test('security headers stand on every answer, also 404, 401 and 500', async () => {
  const app = await build()
  for (const url of ['/open', '/nowhere', '/mine', '/broken']) {
    const { headers } = await app.inject(url)
    expect(headers).toMatchObject({
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'strict-transport-security': 'max-age=63072000; includeSubDomains',
    })
  }
})

test('errors are problem+json with a code, and say nothing about the inside', async () => {
  const app = await build()
  const broken = await app.inject('/broken')
  expect(broken.headers['content-type']).toContain('application/problem+json')
  expect(broken.body).not.toContain('secret-inside')
  expect(broken.json()).toMatchObject({ status: 500, code: 'internal' })
  expect((await app.inject('/poor')).json()).toMatchObject({ status: 402, params: { have: 4, need: 7 } })
})

test('[C31] only our extension may read answers across origins', async () => {
  const app = await build()
  const ask = (origin: string) => app.inject({ url: '/open', headers: { origin } })
  expect((await ask(`chrome-extension://${extension}`)).headers).toMatchObject({
    'access-control-allow-origin': `chrome-extension://${extension}`,
  })
  for (const origin of ['https://evil.test', `chrome-extension://${'b'.repeat(32)}`, 'null']) {
    const { headers } = await ask(origin)
    expect(headers['access-control-allow-origin']).toBeUndefined()
    expect(headers['access-control-allow-credentials']).toBeUndefined()
  }
})

test('a preflight with the headers the panel sends is answered', async () => {
  const app = await build()
  const answer = await app.inject({
    method: 'OPTIONS',
    url: '/mine',
    headers: {
      origin: `chrome-extension://${extension}`,
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'authorization,x-mimicit-contract',
    },
  })
  expect(answer.statusCode).toBe(204)
  expect(answer.headers['access-control-allow-headers']).toContain('authorization')
})

describe('[P66] [C56] limits by address, by person and by kind of request', () => {
  test('too many requests from one address answer 429, unknown addresses included', async () => {
    const app = await build({ perMinute: 3 })
    const statuses = []
    for (let i = 0; i < 5; i++) statuses.push((await app.inject('/nowhere')).statusCode)
    expect(statuses).toEqual([404, 404, 404, 429, 429])
    expect((await app.inject('/open')).json()).toMatchObject({ code: 'too_many_requests' })
  })

  test('guessing tokens is limited like everything else, and the answer says how long to wait', async () => {
    const app = await build({ perMinute: 3 })
    const ask = () => app.inject({ url: '/mine', headers: { origin: `chrome-extension://${extension}` } })
    const statuses = []
    for (let i = 0; i < 4; i++) statuses.push((await ask()).statusCode)
    expect(statuses).toEqual([401, 401, 401, 429])
    expect((await ask()).headers).toMatchObject({
      'retry-after': '60',
      'access-control-allow-origin': `chrome-extension://${extension}`,
    })
  })

  test('a person has one limit from all addresses together, and nobody uses up another one’s', async () => {
    const app = await build({ perPerson: 3 })
    let address = 0
    const ask = (bearer: string) =>
      app.inject({
        url: '/mine',
        remoteAddress: `192.0.2.${++address}`,
        headers: { authorization: `Bearer ${bearer}` },
      })
    const statuses = []
    for (let i = 0; i < 4; i++) statuses.push((await ask(token)).statusCode)
    expect(statuses).toEqual([200, 200, 200, 429])
    expect((await ask(token)).headers['retry-after']).toBe('60')
    expect((await ask(otherToken)).statusCode).toBe(200)
  })

  test('sign-ins have a narrower limit by address, jobs one by person; the rest goes on', async () => {
    const app = await build({ perMinute: 40, perPerson: 40 })
    const headers = { authorization: `Bearer ${token}` }
    const enter = async () => (await app.inject('/enter')).statusCode
    const job = async (bearer = token) =>
      (await app.inject({ method: 'POST', url: '/job', headers: { authorization: `Bearer ${bearer}` } })).statusCode
    expect([await enter(), await enter(), await enter()]).toEqual([200, 200, 429])
    expect([await job(), await job(), await job(), await job(otherToken)]).toEqual([200, 200, 429, 200])
    expect((await app.inject({ url: '/mine', headers })).statusCode).toBe(200)
  })

  test('what a stranger says about where a request comes from is not believed', async () => {
    const app = await build({ perMinute: 1 })
    const ask = (address: string) => app.inject({ url: '/open', headers: { 'x-forwarded-for': address } })
    expect([(await ask('10.0.0.1')).statusCode, (await ask('10.0.0.2')).statusCode]).toEqual([200, 429])
  })
})

test('[C108] another version of the contract is told to update', async () => {
  const app = await build()
  const answer = await app.inject({ url: '/open', headers: { 'x-mimicit-contract': '99' } })
  expect([answer.statusCode, answer.json().code]).toEqual([426, 'update_needed'])
})
