import { expect, test } from 'vitest'
import type { Tokens } from '../contract/identity.ts'
import { challengeOf, newSecret } from '../http/secrets.ts'
import { buildTestApp, snapshot, type TestApp, visit } from './test/app.ts'
import { ada } from './test/browser.ts'
import { sessionCookie } from './web-sessions.ts'

const minute = 60_000
const day = 24 * 60 * minute

/** An extension, and the person it belongs to. */
async function extension(app: TestApp) {
  const cookie = (await app.identity.admit({ subject: 'one', ...ada }, 'adult', visit))!
  const { id } = (await app.identity.authenticateSession(cookie))!
  const verifier = newSecret()
  const code = await app.identity.issueCode(id, challengeOf(verifier))
  const ask = (payload: object) => app.app.inject({ method: 'POST', url: '/v1/auth/token', payload })
  return {
    id,
    cookie,
    code,
    verifier,
    redeem: (change: object = {}) => ask({ grant: 'code', code, verifier, ...change }),
    refresh: (refreshToken: string) => ask({ grant: 'refresh', refreshToken }),
    call: (accessToken: string, method: 'GET' | 'POST' = 'GET', url = '/v1/me') =>
      app.app.inject({ method, url, headers: { authorization: `Bearer ${accessToken}` } }),
  }
}

async function signedIn() {
  const app = await buildTestApp()
  const client = await extension(app)
  return { ...app, ...client, tokens: (await client.redeem()).json<Tokens>() }
}

test('a code and its verifier give tokens that say who it is', async () => {
  const { tokens, call, id } = await signedIn()
  expect(tokens).toMatchObject({ expiresIn: 900, person: { id, ...ada } })
  expect((await call(tokens.accessToken)).json()).toEqual({ id, ...ada })
})

test('[C14a] a code used twice is refused, and ends the sign-in it gave', async () => {
  const { tokens, redeem, call, refresh, revoked } = await signedIn()
  const again = await redeem()
  expect([again.statusCode, again.json().code]).toEqual([400, 'code_invalid'])
  expect((await call(tokens.accessToken)).statusCode).toBe(401)
  expect((await refresh(tokens.refreshToken)).statusCode).toBe(401)
  expect(revoked).toMatchObject([{ reason: 'code_replayed' }])
})

test('a replay without the verifier ends it too: somebody else has seen the code', async () => {
  const { tokens, redeem, call } = await signedIn()
  expect((await redeem({ verifier: newSecret() })).statusCode).toBe(400)
  expect((await call(tokens.accessToken)).statusCode).toBe(401)
})

test('of two exchanges at once one is refused, and neither session lives', async () => {
  const app = await buildTestApp()
  const { redeem, call } = await extension(app)
  const answers = await Promise.all([redeem(), redeem()])
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 400])
  const { accessToken } = answers.find(({ statusCode }) => statusCode === 200)!.json<Tokens>()
  expect((await call(accessToken)).statusCode).toBe(401)
})

test('[C14b] a code is too old after 60 seconds', async () => {
  const app = await buildTestApp()
  const { redeem } = await extension(app)
  app.clock.at += minute
  expect((await redeem()).json().code).toBe('code_invalid')
})

test('[C14c] another verifier is refused, and does not spoil the code for its owner', async () => {
  const { redeem, verifier } = await extension(await buildTestApp())
  for (const wrong of [newSecret(), `${verifier}x`, verifier.toUpperCase()])
    expect((await redeem({ verifier: wrong })).json().code).toBe('code_invalid')
  expect((await redeem()).statusCode).toBe(200)
})

test('requests that are not well formed are refused before anything is looked up', async () => {
  const { redeem, refresh, writes } = await signedIn()
  const before = writes.count
  for (const answer of [
    await redeem({ code: 'short' }),
    await redeem({ verifier: undefined }),
    await redeem({ more: 'x' }),
    await refresh('short'),
  ])
    expect(answer.statusCode).toBe(400)
  expect(writes.count).toBe(before)
})

test('[C19] tokens have 256 bits, and a copy of the database holds none of them', async () => {
  const { tokens, refresh, database, code } = await signedIn()
  const next = (await refresh(tokens.refreshToken)).json<Tokens>()
  const stored = await snapshot(database)
  for (const token of [tokens.accessToken, tokens.refreshToken, next.accessToken, next.refreshToken, code]) {
    expect(Buffer.from(token, 'base64url')).toHaveLength(32)
    expect(stored).not.toContain(token)
  }
})

test('after signing out both tokens are refused, and listeners have heard of it', async () => {
  const { tokens, call, refresh, revoked, id } = await signedIn()
  expect((await call(tokens.accessToken, 'POST', '/v1/auth/sign-out')).statusCode).toBe(204)
  expect(revoked).toEqual([{ familyId: expect.any(String), personId: id, reason: 'signed_out' }])
  expect((await call(tokens.accessToken)).json().code).toBe('signed_out')
  expect((await call(tokens.accessToken, 'POST', '/v1/auth/sign-out')).statusCode).toBe(401)
  expect((await refresh(tokens.refreshToken)).statusCode).toBe(401)
})

test('tokens of a person whose key is destroyed are refused', async () => {
  const { tokens, call, refresh, database } = await signedIn()
  await database.write(async trx => void (await trx.deleteFrom('person_key').execute()))
  expect((await call(tokens.accessToken)).statusCode).toBe(401)
  expect((await refresh(tokens.refreshToken)).statusCode).toBe(401)
})

test('signing out one extension leaves the others of the person signed in', async () => {
  const { tokens, call, identity, id } = await signedIn()
  const verifier = newSecret()
  const other = await identity.exchangeCode(await identity.issueCode(id, challengeOf(verifier)), verifier, null)
  await call(tokens.accessToken, 'POST', '/v1/auth/sign-out')
  expect((await call(other.accessToken)).statusCode).toBe(200)
})

test('an access token ends after 15 minutes, a refresh token works once more', async () => {
  const { tokens, call, refresh, clock } = await signedIn()
  clock.at += 15 * minute
  expect((await call(tokens.accessToken)).statusCode).toBe(401)
  const next = (await refresh(tokens.refreshToken)).json<Tokens>()
  expect((await call(next.accessToken)).statusCode).toBe(200)
})

test('[C21a] a sign-in that is not used for 30 days has ended', async () => {
  const { tokens, refresh, clock } = await signedIn()
  clock.at += 30 * day
  expect((await refresh(tokens.refreshToken)).statusCode).toBe(401)
})

test('[C21b] a sign-in ends after 180 days, however much it is used', async () => {
  const { tokens, refresh, call, clock } = await signedIn()
  let current = tokens
  for (let days = 20; days < 180; days += 20) {
    clock.at += 20 * day
    current = (await refresh(current.refreshToken)).json<Tokens>()
    expect((await call(current.accessToken)).statusCode).toBe(200)
  }
  clock.at += 20 * day
  expect((await refresh(current.refreshToken)).statusCode).toBe(401)
})

test('an access token does not outlive the sign-in it belongs to', async () => {
  const { tokens, refresh, call, clock } = await signedIn()
  const end = clock.at + 180 * day
  let current = tokens
  for (let days = 0; days < 175; days += 25) {
    clock.at += 25 * day
    current = (await refresh(current.refreshToken)).json<Tokens>()
  }
  clock.at = end - minute
  const last = (await refresh(current.refreshToken)).json<Tokens>()
  expect((await call(last.accessToken)).statusCode).toBe(200)
  clock.at = end
  expect((await call(last.accessToken)).statusCode).toBe(401)
})

test('neither kind of token does the work of the other', async () => {
  const { tokens, refresh, call } = await signedIn()
  expect((await call(tokens.refreshToken)).statusCode).toBe(401)
  expect((await refresh(tokens.accessToken)).statusCode).toBe(401)
})

test('[C22] a refresh token that comes back after the grace time ends the whole family', async () => {
  const { tokens, refresh, call, clock, revoked } = await signedIn()
  const next = (await refresh(tokens.refreshToken)).json<Tokens>()
  clock.at += minute + 1
  expect((await refresh(tokens.refreshToken)).json().code).toBe('signed_out')
  expect((await call(next.accessToken)).statusCode).toBe(401)
  expect((await refresh(next.refreshToken)).statusCode).toBe(401)
  expect(revoked).toMatchObject([{ reason: 'refresh_reused' }])
})

test('[C23] two refreshes at once, or one after a lost answer, give the same successor', async () => {
  const { tokens, refresh, call, clock, revoked } = await signedIn()
  const [one, two] = await Promise.all([refresh(tokens.refreshToken), refresh(tokens.refreshToken)])
  clock.at += minute
  const late = await refresh(tokens.refreshToken)
  expect(two.json()).toEqual(one.json())
  expect(late.json()).toEqual({ ...one.json<Tokens>(), expiresIn: 840 })
  expect((await call(late.json<Tokens>().accessToken)).statusCode).toBe(200)
  expect((await refresh(late.json<Tokens>().refreshToken)).statusCode).toBe(200)
  expect(revoked).toEqual([])
})

test('a clock set back ends no sign-in that just refreshed, and revives no old token', async () => {
  const { tokens, refresh, clock } = await signedIn()
  await refresh(tokens.refreshToken)
  clock.at -= 1000
  expect((await refresh(tokens.refreshToken)).statusCode).toBe(200)
  clock.at -= day
  expect((await refresh(tokens.refreshToken)).statusCode).toBe(401)
})

test('bearer routes ignore the session cookie', async () => {
  const { app, cookie } = await signedIn()
  const answer = await app.inject({ url: '/v1/me', cookies: { [sessionCookie]: cookie } })
  expect(answer.statusCode).toBe(401)
})

test('the token route takes JSON only', async () => {
  const { app, code, verifier } = await signedIn()
  for (const type of ['text/plain', 'application/x-www-form-urlencoded'])
    expect(
      (
        await app.inject({
          method: 'POST',
          url: '/v1/auth/token',
          headers: { 'content-type': type },
          payload: JSON.stringify({ grant: 'code', code, verifier }),
        })
      ).statusCode,
    ).toBe(415)
})

test('what has ended is swept, but a used code is remembered long enough to notice its replay', async () => {
  const { tokens, refresh, redeem, clock, identity, database, call } = await signedIn()
  clock.at += day / 2
  await identity.sweep()
  const { accessToken } = (await refresh(tokens.refreshToken)).json<Tokens>()
  expect((await redeem()).statusCode).toBe(400)
  expect((await call(accessToken)).statusCode).toBe(401)
  clock.at += 3 * day
  await identity.sweep()
  for (const table of ['handoff_code', 'token', 'token_family'] as const)
    expect(await database.read.selectFrom(table).selectAll().execute()).toEqual([])
})
