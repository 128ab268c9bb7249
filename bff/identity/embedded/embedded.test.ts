import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { challengeOf, newSecret } from '../../http/secrets.ts'
import { createVault } from '../../privacy/vault.ts'
import { buildTestApp, origin } from '../test/app.ts'
import { ada, createBrowser, fieldOf } from '../test/browser.ts'
import { openLocalAccounts } from './accounts.ts'
import { createAuthorizations } from './authorizations.ts'
import { createEmbeddedProvider } from './provider.ts'

const vault = createVault(randomBytes(32))

function temporaryFile() {
  const dir = mkdtempSync(join(tmpdir(), 'mimicit-'))
  onTestFinished(() => rmSync(dir, { recursive: true }))
  return join(dir, 'deeper', 'accounts.json')
}

test('local accounts are refused in production', () => {
  const deps = { dataDir: tmpdir(), vault, origin, now: () => 0 }
  expect(() => createEmbeddedProvider({ ...deps, mode: 'production' })).toThrow('not available in production')
})

test('accounts survive a restart, in a file that only the owner may read and that shows nobody', async () => {
  const file = temporaryFile()
  const added = await openLocalAccounts(file, vault).add(ada)
  expect(openLocalAccounts(file, vault).list()).toEqual([added])
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readFileSync(file, 'utf8')).not.toContain(ada.name)
})

test('accounts added at once are all kept', async () => {
  const file = temporaryFile()
  const accounts = openLocalAccounts(file, vault)
  await Promise.all(['A', 'B', 'C'].map(name => accounts.add({ ...ada, name })))
  expect(openLocalAccounts(file, vault).list()).toEqual(accounts.list())
})

test('a damaged file, or one of another master key, stops the start instead of losing the accounts', async () => {
  const file = temporaryFile()
  await openLocalAccounts(file, vault).add(ada)
  expect(() => openLocalAccounts(file, createVault(randomBytes(32)))).toThrow('another master key')
  writeFileSync(file, '{}')
  expect(() => openLocalAccounts(file, vault)).toThrow('damaged')
})

test('a code needs its verifier and its nonce, works once, and for a minute', () => {
  let at = 0
  const authorizations = createAuthorizations({ now: () => at })
  const verifier = newSecret()
  const grant = { claims: { subject: 'one', ...ada }, challenge: challengeOf(verifier), nonce: 'n' }
  const code = () => authorizations.issue(grant)

  expect(() => authorizations.exchange({ code: code(), verifier: newSecret(), nonce: 'n' })).toThrow()
  expect(() => authorizations.exchange({ code: code(), verifier: '', nonce: 'n' })).toThrow()
  expect(() => authorizations.exchange({ code: code(), verifier, nonce: 'other' })).toThrow()
  const old = code()
  at += 60_000
  expect(() => authorizations.exchange({ code: old, verifier, nonce: 'n' })).toThrow()
  const used = code()
  expect(authorizations.exchange({ code: used, verifier, nonce: 'n' })).toEqual(grant.claims)
  expect(() => authorizations.exchange({ code: used, verifier, nonce: 'n' })).toThrow()
})

test('the issuer refuses other methods, addresses to return to, and scopes', async () => {
  const app = await buildTestApp()
  const browser = createBrowser(app)
  const authorize = (await browser.get('/sign-in')).headers.location as string
  const change = (name: string, value: string) => {
    const url = new URL(authorize, origin)
    url.searchParams.set(name, value)
    return url.pathname + url.search
  }
  for (const url of [
    change('code_challenge_method', 'plain'),
    change('code_challenge', ''),
    change('redirect_uri', `${origin}/sign-in/callback/`),
    change('redirect_uri', `${origin}/Sign-in/callback`),
    change('scope', 'openid email profile drive'),
  ]) {
    expect([url, (await browser.get(url)).statusCode]).toEqual([url, 400])
    expect((await browser.post(url.replace('/authorize?', '/add?'), ada)).statusCode).toBe(400)
  }
  expect((await browser.get(authorize)).statusCode).toBe(200)
})

test('the page lists the accounts and adds one, without any password', async () => {
  const app = await buildTestApp()
  await createBrowser(app).signIn()
  await createBrowser(app).signIn({ name: 'Grace', email: 'grace@example.test' })
  const browser = createBrowser(app)
  const { body } = await browser.get((await browser.get('/sign-in')).headers.location as string)
  expect(body).toContain('Local accounts on this machine')
  expect(body).toContain('>Ada<')
  expect(body).toContain('>Grace<')
  expect(body).not.toContain('type="password"')
})

test('an account that is not listed, a blank name or half an address is refused', async () => {
  const browser = createBrowser(await buildTestApp())
  await browser.signIn()
  const authorize = (await browser.get('/sign-in')).headers.location as string
  const known = fieldOf((await browser.get(authorize)).body, 'account')
  const other = known.replace(/.$/, last => (last === '0' ? '1' : '0'))
  expect((await browser.post(authorize, { account: other })).statusCode).toBe(400)
  for (const account of [
    { ...ada, name: '  ' },
    { ...ada, email: 'ada' },
    { ...ada, password: 'x' },
  ])
    expect((await browser.post(authorize.replace('/authorize?', '/add?'), account)).statusCode).toBe(400)
})
