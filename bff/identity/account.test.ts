import { expect, test } from 'vitest'
import { challengeOf, newSecret } from '../http/secrets.ts'
import { browserName } from './browser-name.ts'
import { buildTestApp, type TestApp, visit } from './test/app.ts'
import { ada, createBrowser, fieldOf } from './test/browser.ts'
import { sessionCookie } from './web-sessions.ts'

const day = 24 * 60 * 60_000

/** Ada on the web, with an extension of hers. */
async function signedIn(app: TestApp) {
  const browser = createBrowser(app)
  await browser.signIn()
  const { id } = (await app.identity.authenticateSession(browser.cookies.get(sessionCookie)))!
  const verifier = newSecret()
  const code = await app.identity.issueCode(id, challengeOf(verifier))
  const tokens = await app.identity.exchangeCode(code, verifier, 'Chrome 156')
  const page = async () => (await browser.get('/account')).body
  const form_token = fieldOf(await page(), 'form_token')
  const send = (path: string, fields: Record<string, string> = {}) => browser.post(path, { form_token, ...fields })
  return { id, browser, tokens, page, send }
}

test('the page shows name, address, number, language and every place where one is signed in', async () => {
  const app = await buildTestApp()
  const { id, page } = await signedIn(app)
  const body = await page()
  for (const text of [ada.name, ada.email, id, 'Panel in Chrome 156', 'This browser', 'November 21, 2026', '日本語'])
    expect(body).toContain(text)
  expect(body).not.toContain('<script')
})

test('who is not signed in is led to the sign-in and back', async () => {
  const answer = await createBrowser(await buildTestApp()).get('/account')
  expect([answer.statusCode, answer.headers.location]).toEqual([303, '/sign-in?next=%2Faccount'])
})

test('[P75] a name of one’s own stays when the provider’s changes, and can be given back', async () => {
  const app = await buildTestApp()
  const { id, send } = await signedIn(app)
  const name = async () => (await app.identity.person(id))?.name
  const answer = await send('/account/name', { name: '  <b>Lady</b> ' })
  expect([answer.statusCode, answer.headers.location]).toEqual([303, '/account'])
  expect(await name()).toBe('<b>Lady</b>')
  expect((await send('/account/name', { name: 'x'.repeat(81) })).statusCode).toBe(400)
  await send('/account/name', { name: ' ' })
  expect(await name()).toBe('Ada')
})

test('one place can be signed out alone: its tokens are refused at once, the others go on', async () => {
  const app = await buildTestApp()
  const { id, browser, tokens, page, send } = await signedIn(app)
  const [extension] = (await app.identity.signIns(id)).filter(({ kind }) => kind === 'extension')
  await send('/account/sign-out', { kind: 'extension', id: extension!.id })
  expect(await app.identity.authenticateToken(tokens.accessToken)).toBeNull()
  await expect(app.identity.refresh(tokens.refreshToken)).rejects.toMatchObject({ code: 'signed_out' })
  expect(app.revoked).toMatchObject([{ familyId: extension!.id, reason: 'signed_out' }])
  expect(await page()).not.toContain('Panel in Chrome 156')
  expect(browser.cookies.has(sessionCookie)).toBe(true)
})

test('nobody can sign out somebody else, and an unknown place changes nothing', async () => {
  const app = await buildTestApp()
  const mine = await signedIn(app)
  const other = (await app.identity.admit({ subject: 'other', ...ada }, 'adult', visit))!
  const theirs = (await app.identity.authenticateSession(other))!
  for (const fields of [
    { kind: 'web', id: theirs.sessionId },
    { kind: 'extension', id: 'unknown' },
    { kind: 'web', id: '' },
  ])
    expect((await mine.send('/account/sign-out', fields)).statusCode).toBe(303)
  expect(await app.identity.authenticateSession(other)).not.toBeNull()
  expect(app.revoked).toEqual([])
})

test('signing out everywhere ends every token and session of this person and of nobody else', async () => {
  const app = await buildTestApp()
  const mine = await signedIn(app)
  const second = await signedIn(app)
  const answer = await mine.send('/account/sign-out-everywhere')
  expect([answer.headers.location, mine.browser.cookies.has(sessionCookie)]).toEqual(['/', false])
  expect(await app.identity.authenticateToken(mine.tokens.accessToken)).toBeNull()
  expect(await app.identity.signIns(mine.id)).toEqual([])
  expect(app.revoked).toMatchObject([{ personId: mine.id, reason: 'signed_out' }])
  // The second browser added a local account of its own.
  expect(await app.identity.authenticateToken(second.tokens.accessToken)).not.toBeNull()
})

test('signing this browser out from the list leaves the page', async () => {
  const app = await buildTestApp()
  const { id, browser, send } = await signedIn(app)
  const [web] = (await app.identity.signIns(id)).filter(({ kind }) => kind === 'web')
  expect((await send('/account/sign-out', { kind: 'web', id: web!.id })).headers.location).toBe('/')
  expect(browser.cookies.has(sessionCookie)).toBe(false)
})

test('places that ended by themselves are not listed', async () => {
  const app = await buildTestApp()
  const { id } = await signedIn(app)
  app.clock.at += 7 * day
  expect((await app.identity.signIns(id)).map(({ kind }) => kind)).toEqual(['extension'])
  app.clock.at += 23 * day
  expect(await app.identity.signIns(id)).toEqual([])
})

test('a person pauses their account and goes on; an operator’s pause they cannot end', async () => {
  const app = await buildTestApp()
  const { id, page, send } = await signedIn(app)
  await send('/account/pause')
  await send('/account/pause')
  expect(await app.identity.refusal(id)).toBe('account_paused')
  expect(await page()).toContain('You have paused your account')
  await app.identity.pause(id, 'operator')
  await send('/account/resume')
  expect(await app.identity.refusal(id)).toBe('account_paused')
  expect(await page()).toContain('We have paused this account')
  await app.identity.resume(id, 'operator')
  expect(await app.identity.refusal(id)).toBeNull()
})

test.each([
  [
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36',
    'Chrome 156',
  ],
  [
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/156.0.1.2 Safari/537.36',
    'Chrome 156',
  ],
  ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0', 'Edge 156'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0', 'Firefox 150'],
  ['Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15', 'Safari 26'],
  ['curl/8', null],
  ['', null],
  [undefined, null],
  [`Chrome/${'9'.repeat(2000)}`, null],
])('of %j only the family and major version are kept: %j', (userAgent, name) =>
  expect(browserName(userAgent)).toBe(name),
)
