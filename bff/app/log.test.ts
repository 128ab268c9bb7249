import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { aPicture, aSpec, form, submission } from '../test/app.ts'
import { createFakeProvider } from '../test/fake-provider.ts'
import { scanLog } from '../test/log-scan.ts'
import { sendRaw } from '../test/raw-http.ts'
import { until } from '../test/until.ts'
import { signIn, wholeApp } from '../test/whole-app.ts'

const secret = 'canary-7f3a'
const account = { name: `Ada ${secret}`, email: `${secret}@example.test` }
const prompt = `a lake\n    at ${secret}`

test('[C77] [C77b] the log of a whole life holds no token, prompt, e-mail, address or body', async () => {
  const provider = createFakeProvider()
  const { app, log } = await wholeApp({ providers: new Map([['local', provider]]) })
  const ada = await signIn(app, account)
  const picture = await aPicture()
  const key = randomUUID()

  const generate = (change: object = {}, headers = {}) =>
    app.inject(submission({ ...ada.headers, ...headers }, form(aSpec({ prompt, ...change }), [picture])))
  const job = (await generate({}, { 'idempotency-key': key })).json()
  ;(await provider.called(0)).answer(picture)
  await generate()
  // Providers like to quote what they refuse.
  ;(await provider.called(1)).fail(new TypeError(`Refused: ${prompt}`))
  ;(await provider.called(2)).fail(new TypeError(`Refused: ${prompt}`))
  await until(() => log.some(line => line.includes('background work failed')))

  const answer = async () => (await app.inject({ url: '/v1/generations', headers: ada.headers })).body
  await until(async () => (await answer()).includes('"provider_failed"'))
  expect(await answer()).not.toContain('Refused')

  await generate({ model: secret })
  await generate({ [secret]: 1 })
  await app.inject(submission(ada.headers, form(`{"${secret}":`, [picture])))
  await app.inject({ method: 'POST', url: '/v1/auth/token', payload: { grant: 'refresh', refreshToken: secret } })
  await app.inject({ method: 'POST', url: '/v1/auth/token', payload: { grant: 'code', ...ada } })
  await app.inject({ url: `/v1/pictures?cursor=${secret}`, headers: ada.headers })
  await app.inject({
    url: `/${secret}?${secret}`,
    headers: { 'user-agent': `${secret}\r\n{"level":60}`, ...ada.headers },
  })
  await app.inject(`/sign-in/callback?state=${secret}&code=${secret}&error=${secret}`)
  await ada.browser.get(`/sign-in?next=/${secret}`)
  await app.inject({ method: 'POST', url: '/v1/auth/sign-out', headers: ada.headers })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  await sendRaw(port, `GET /v1/generations/%zz${secret} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
  await sendRaw(port, `BREW /${secret} HTTP/1.1\r\n\r\n`)
  await app.close()

  const text = log.join('')
  const needles = {
    'planted text': secret,
    'access token': ada.tokens.accessToken,
    'refresh token': ada.tokens.refreshToken,
    code: ada.code!,
    verifier: ada.verifier,
    state: ada.asked.state,
    'session cookie': [...ada.browser.cookies.values()].find(value => value.length === 43)!,
    'idempotency key': key,
    'id of a job': job.id,
    'id of a person': ada.tokens.person.id,
  }
  for (const [what, needle] of Object.entries(needles)) {
    expect([what, needle.length > 5]).toEqual([what, true])
    expect([what, log.filter(line => line.includes(needle))]).toEqual([what, []])
  }
  // It is a log all the same: one line of JSON per entry, with what an operator needs.
  const lines = text
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line))
  expect(lines).toContainEqual(expect.objectContaining({ method: 'POST', route: '/v1/generations', status: 202 }))
  expect(lines).toContainEqual(expect.objectContaining({ method: 'GET', route: 'unknown', status: 400 }))
  const failure = lines.find(line => line.msg === 'background work failed')
  expect(failure.err).toMatchObject({ type: 'TypeError', stack: expect.stringContaining('log.test.ts') })
})

test('the scan that looks over every test finds what it is there to find', () => {
  const line = (entry: object) => JSON.stringify({ level: 30, at: 1, ...entry })
  expect(scanLog([line({ method: 'GET', route: '/v1/pictures/:id', status: 200, ms: 3 })])).toEqual([])
  for (const entry of [
    { url: '/v1/me' },
    { msg: `refused ${'t'.repeat(43)}` },
    { msg: 'sign-in of ada@example.test' },
    { route: '/sign-in/callback?code=1' },
    { reason: 'Bearer x' },
    { msg: '__Host-mimicit-session' },
    { msg: 'eyJhbGciOiJSUzI1NiJ9' },
    { err: { type: 'Error', message: 'inside' } },
    { msg: '01a20090-2335-764c-b4be-4b1aa458cd19' },
  ])
    expect([entry, scanLog([line(entry)]).length]).toEqual([entry, 1])
})
