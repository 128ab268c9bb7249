import { readFile } from 'node:fs/promises'
import { exportSPKI, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose'
import { expect, test } from 'vitest'
import { fieldOf } from '../test/browser.ts'
import { ada, appWith, client, startIssuer } from './test/issuer.ts'

async function setUp() {
  const issuer = await startIssuer()
  return { issuer, ...(await appWith(issuer.settings)) }
}

test('[P32] [P33] a first sign-in makes a person of what Google vouches for, and keeps none of its tokens', async () => {
  const { issuer, browser, signIn, identity, database, file } = await setUp()
  let tokens: Record<string, string> = {}
  issuer.onToken(({ body }) => {
    tokens = body as Record<string, string>
  })
  const answer = await signIn('/extension/connect?x=1')
  expect([answer.statusCode, answer.headers.location]).toEqual([303, '/extension/connect?x=1'])
  expect((await browser.get('/account')).body).toContain(ada.email)
  const { id } = await database.read.selectFrom('person').select('id').executeTakeFirstOrThrow()
  expect(await identity.person(id)).toEqual({ id, name: 'Ada', email: ada.email })

  const stored = (await readFile(file)).toString('latin1') + (await readFile(`${file}-wal`)).toString('latin1')
  const kept = stored + [...browser.cookies.values()].join()
  for (const name of ['access_token', 'refresh_token', 'id_token']) {
    expect([name, (tokens[name] ?? '').length > 20]).toEqual([name, true])
    expect([name, kept.includes(tokens[name]!)]).toEqual([name, false])
  }
})

test('[C11] exactly three scopes, S256, state and nonce, and our own address are asked with', async () => {
  const { start } = await setUp()
  const [one, two] = [new URL(await start()).searchParams, new URL(await start()).searchParams]
  expect(Object.fromEntries(one)).toEqual({
    response_type: 'code',
    client_id: client.clientId,
    redirect_uri: 'http://localhost:8787/sign-in/callback',
    scope: 'openid email profile',
    state: expect.stringMatching(/^[\w-]{43}$/),
    nonce: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge_method: 'S256',
  })
  for (const name of ['state', 'nonce', 'code_challenge']) expect(two.get(name)).not.toBe(one.get(name))
})

test('state: missing, different, of another browser, or used before', async () => {
  const { browser, start, approve, people, sessions } = await setUp()
  const callback = await approve(await start())
  expect((await browser.get(callback.replace(/state=[^&]*/, ''))).statusCode).toBe(400)
  expect((await browser.get(callback.replace(/state=./, 'state=-'))).statusCode).toBe(400)
  const cookies = [...browser.cookies]
  browser.cookies.clear()
  expect((await browser.get(callback)).statusCode).toBe(400)
  expect(await people()).toEqual([])
  for (const [name, value] of cookies) browser.cookies.set(name, value)
  await browser.answer(await browser.get(callback))
  expect(await sessions()).toHaveLength(1)
  // This issuer says 500 to a used code; the strict one says it as the standard has it.
  for (const [name, value] of cookies) browser.cookies.set(name, value)
  expect((await browser.get(callback)).statusCode).toBe(503)
  expect(await sessions()).toHaveLength(1)
})

test('a code that was given to another attempt does not fit the verifier of this one', async () => {
  const { browser, start, approve, sessions } = await setUp()
  const [mine, theirs] = [new URL(await approve(await start())), new URL(await approve(await start()))]
  mine.searchParams.set('code', theirs.searchParams.get('code')!)
  expect((await browser.get(mine.href)).statusCode).toBe(503)
  expect(await sessions()).toEqual([])
})

test.each<[string, Record<string, unknown>]>([
  ['[C5a] another nonce', { nonce: 'n'.repeat(43) }],
  ['[C5a] no nonce', { nonce: undefined }],
  ['[C5b] another audience', { aud: 'somebody-else' }],
  ['[C5b] an audience besides us', { aud: [client.clientId, 'somebody-else'] }],
  ['[C5b] another authorized party', { azp: 'somebody-else' }],
  ['[C5c] another issuer', { iss: 'https://accounts.evil.test' }],
  ['[C5c] an issuer with a slash more', { iss: 'http://127.0.0.1/' }],
  ['[C5d] expired', { exp: Math.floor(Date.now() / 1000) - 3600 }],
  ['[C5d] no end', { exp: undefined }],
  ['[C6a] an address that is not verified', { email_verified: false }],
  ['[C6a] verified only as a text', { email_verified: 'true' }],
  ['[C6a] nothing said about it', { email_verified: undefined }],
  ['[C6a] no address', { email: undefined }],
  ['[C6a] no subject', { sub: '' }],
])('%s is refused, and nothing is stored', async (_, lie) => {
  const { issuer, browser, start, approve, people, log } = await setUp()
  issuer.says.claims = { ...ada, ...lie }
  const answer = await browser.get(await approve(await start('/account?from')))
  expect(answer.statusCode).toBe(400)
  expect(answer.body).toContain('The sign-in did not work')
  expect(answer.body).toContain('href="/sign-in?next=%2Faccount%3Ffrom"')
  expect(await people()).toEqual([])
  expect(log.filter(line => line.includes('security: an ID token was refused'))).toHaveLength(1)
})

/** Puts a token of the test's own making in the place of the issuer's. */
async function withForged(make: (payload: Record<string, unknown>, key: JWK) => Promise<string>) {
  const { issuer, browser, start, approve, people } = await setUp()
  const authorizeUrl = await start()
  const nonce = new URL(authorizeUrl).searchParams.get('nonce')
  const now = Math.floor(Date.now() / 1000)
  const payload = { ...ada, iss: issuer.settings.issuer, aud: client.clientId, nonce, iat: now, exp: now + 600 }
  const forged = await make(payload, issuer.server.issuer.keys.toJSON()[0]!)
  issuer.onToken(answer => {
    ;(answer.body as Record<string, string>).id_token = forged
  })
  const { statusCode } = await browser.get(await approve(authorizeUrl))
  return { statusCode, people: await people() }
}
const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

test.each<[string, (payload: Record<string, unknown>, key: JWK) => Promise<string>]>([
  ['says alg none', async payload => `${base64({ alg: 'none' })}.${base64(payload)}.`],
  [
    'is signed with the public key as a password',
    async (payload, key) => {
      const password = await exportSPKI((await importJWK(key, 'RS256')) as CryptoKey)
      return new SignJWT(payload)
        .setProtectedHeader({ alg: 'HS256', kid: key.kid! })
        .sign(new TextEncoder().encode(password))
    },
  ],
])('[C5e] a token that %s is refused', async (_, make) => {
  expect(await withForged(make)).toEqual({ statusCode: 400, people: [] })
})

test('[C5f] a token of another key is refused, under its own name and under the right one', async () => {
  const { privateKey } = await generateKeyPair('RS256')
  for (const name of [undefined, 'unknown', 'same'])
    expect(
      await withForged((payload, { kid }) =>
        new SignJWT(payload)
          .setProtectedHeader({ alg: 'RS256', ...(name && { kid: name === 'same' ? kid! : name }) })
          .sign(privateKey),
      ),
    ).toEqual({ statusCode: 400, people: [] })
})

test('an answer without an ID token is refused', async () => {
  const { issuer, browser, start, approve } = await setUp()
  issuer.onToken(({ body }) => {
    delete (body as Record<string, unknown>).id_token
  })
  expect((await browser.get(await approve(await start()))).statusCode).toBe(400)
})

test('[C6b] the same address with another subject is another person; the same subject with a new address is the same', async () => {
  const { issuer, signIn, people } = await setUp()
  await signIn()
  issuer.says.claims = { ...ada, email: 'ada@new.example.test', name: 'Ada Lovelace' }
  await signIn()
  expect(await people()).toHaveLength(1)
  issuer.says.claims = { ...ada, sub: '1002' }
  await signIn()
  expect(await people()).toHaveLength(2)
})

test.each(['//evil.test', '/\\evil.test', 'javascript:alert(1)', 'http://localhost:9999/account'])(
  '[C7] next=%s leads to the account page',
  async next => {
    const { signIn } = await setUp()
    expect((await signIn(next)).headers.location).toBe('/account')
  },
)

test('[C9] saying no at Google is a friendly page with a way to try again', async () => {
  const { browser, start } = await setUp()
  const state = new URL(await start('/account?x')).searchParams.get('state')
  const answer = await browser.get(`/sign-in/callback?error=access_denied&state=${state}`)
  expect([answer.statusCode, answer.body]).toEqual([200, expect.stringContaining('Sign-in cancelled')])
  expect(answer.body).toContain('href="/sign-in?next=%2Faccount%3Fx"')
})

test('two tabs at once both end signed in, as one person', async () => {
  const { browser, start, approve, people, signIn } = await setUp()
  await signIn()
  browser.cookies.clear()
  const urls = await Promise.all([start('/account?one'), start('/account?two')])
  const ends = await Promise.all(urls.map(async url => browser.get(await approve(url))))
  expect(ends.map(({ headers }) => headers.location)).toEqual(['/account?one', '/account?two'])
  expect((await browser.get('/')).body).toContain('You are signed in as Ada.')
  expect(await people()).toHaveLength(1)
})

test('[C12] a person who signs in for the first time in two tabs is one person', async () => {
  const { browser, start, approve, people } = await setUp()
  const urls = await Promise.all([start('/account?one'), start('/account?two')])
  const asked = await Promise.all(urls.map(async url => browser.get(await approve(url))))
  const attempts = await Promise.all(
    asked.map(async ({ headers }) => fieldOf((await browser.get(headers.location as string)).body, 'attempt')),
  )
  const ends = await Promise.all(
    attempts.map(attempt => browser.post('/welcome', { attempt, age: 'adult', makers: 'yes' })),
  )
  expect(ends.map(({ headers }) => headers.location)).toEqual(['/account?one', '/account?two'])
  expect(await people()).toHaveLength(1)
})

test('a name that is missing or endless is made fit; the address is never cut', async () => {
  const { issuer, signIn, people, identity } = await setUp()
  const names = [undefined, '', 7, 'x'.repeat(5000)]
  for (const [i, name] of names.entries()) {
    issuer.says.claims = { ...ada, sub: `s${i}`, name }
    await signIn()
  }
  const found = await Promise.all((await people()).map(({ id }) => identity.person(id)))
  expect(found.map(person => person?.name).sort()).toEqual(['ada', 'ada', 'ada', 'x'.repeat(80)])
})
