import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { buildTestApp, extensionId, origin, snapshot, type TestApp } from './test/app.ts'
import { ada, createBrowser, fieldOf } from './test/browser.ts'

const state = 'S'.repeat(43)
const verifier = 'v'.repeat(43)
const challenge = createHash('sha256').update(verifier).digest('base64url')
const asked = { state, code_challenge: challenge, code_challenge_method: 'S256', extension_id: extensionId }
const connectUrl = `/extension/connect?${new URLSearchParams(asked)}`

async function signedInBrowser(app: Pick<TestApp, 'app'>, account = ada) {
  const browser = createBrowser(app)
  await browser.signIn(account)
  return browser
}

async function connect(browser: ReturnType<typeof createBrowser>) {
  const form_token = fieldOf((await browser.get(connectUrl)).body, 'form_token')
  return browser.post('/extension/connect', { ...asked, form_token })
}

test('who is not signed in signs in first, and comes back to the question', async () => {
  const app = await buildTestApp()
  const browser = createBrowser(app)
  const toSignIn = await browser.get(connectUrl)
  expect(toSignIn.statusCode).toBe(303)
  const toProvider = await browser.get(toSignIn.headers.location as string)
  const back = await browser.answer(await browser.get(await browser.addAccount(toProvider.headers.location as string)))
  expect(back.headers.location).toBe(connectUrl)
  expect((await browser.get(connectUrl)).body).toContain('Connect this extension to Ada?')
})

test('an unknown extension and a challenge that is not S256 are refused', async () => {
  const browser = await signedInBrowser(await buildTestApp())
  const url = (change: Record<string, string>) => `/extension/connect?${new URLSearchParams({ ...asked, ...change })}`
  const unknown = await browser.get(url({ extension_id: 'p'.repeat(32) }))
  expect([unknown.statusCode, unknown.body]).toEqual([400, expect.stringContaining('This extension is not known')])
  const form_token = fieldOf((await browser.get(connectUrl)).body, 'form_token')
  const posted = await browser.post('/extension/connect', { ...asked, extension_id: 'p'.repeat(32), form_token })
  expect([posted.statusCode, posted.body]).toEqual([400, expect.not.stringContaining('data-code')])
  for (const change of [{ code_challenge_method: 'plain' }, { code_challenge: 'short' }, { state: '' }, { more: 'x' }])
    expect((await browser.get(url(change))).statusCode).toBe(400)
})

test('a name is shown as text, never as markup', async () => {
  const name = `<img src=x onerror="alert('1')">&amp;`
  const browser = await signedInBrowser(await buildTestApp(), { ...ada, name })
  for (const url of ['/', connectUrl, (await browser.get('/sign-in')).headers.location as string]) {
    const { body } = await browser.get(url)
    expect(body).toContain('&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;amp;')
    expect(body).not.toContain('<img')
  }
})

test('saying yes gives a page whose one script hands a code to the extension', async () => {
  const app = await buildTestApp()
  const answer = await connect(await signedInBrowser(app))
  const [, nonce] = /script-src 'nonce-([^']+)'/.exec(answer.headers['content-security-policy'] as string) ?? []
  const [, code] = /data-code="([\w-]{43})"/.exec(answer.body) ?? []
  expect(answer.body).toContain(
    `<script nonce="${nonce}" src="/assets/handoff.js" data-extension="${extensionId}" data-state="${state}" data-code="${code}">`,
  )
  expect(await app.identity.exchangeCode(code!, verifier, null)).toMatchObject({ person: ada })
})

test('[C16] no token is in any page, and the code is in no address', async () => {
  const app = await buildTestApp()
  const browser = await signedInBrowser(app)
  const page = await connect(browser)
  const code = /data-code="([\w-]{43})"/.exec(page.body)![1]!
  const tokens = await app.identity.exchangeCode(code, verifier, null)
  const pages = [page, await browser.get(connectUrl), await browser.get('/')]
  for (const { body, headers } of pages)
    for (const token of [tokens.accessToken, tokens.refreshToken])
      expect(body + JSON.stringify(headers)).not.toContain(token)
  for (const { headers } of pages) expect(JSON.stringify(headers)).not.toContain(code)
  expect(page.headers['cache-control']).toBe('no-store')
})

test('[C17] who made a link that somebody else answered has state and verifier, not the code, and gets nothing', async () => {
  const app = await buildTestApp()
  const victim = await signedInBrowser(app)
  const page = await connect(victim)
  expect(page.body).toContain('data-code=')
  const before = await snapshot(app.database)
  const grants = [
    { grant: 'code', code: state, verifier },
    { grant: 'code', code: challenge, verifier },
    { grant: 'code', state, verifier },
    { grant: 'state', state, verifier },
    { grant: 'device', state, verifier },
    { grant: 'refresh', refreshToken: state },
  ]
  const { app: http } = app
  for (const payload of grants) {
    const answer = await http.inject({ method: 'POST', url: '/v1/auth/token', payload })
    expect([payload, answer.statusCode]).toEqual([payload, payload.grant === 'refresh' ? 401 : 400])
  }
  const asOwn = await http.inject(connectUrl)
  expect([asOwn.statusCode, asOwn.body]).toEqual([303, ''])
  expect(await snapshot(app.database)).toBe(before)
})

test('only the hash of the code is stored', async () => {
  const app = await buildTestApp()
  const { body } = await connect(await signedInBrowser(app))
  expect(await snapshot(app.database)).not.toContain(/data-code="([\w-]{43})"/.exec(body)![1]!)
})

test('a form without Origin, from another origin or another site changes nothing', async () => {
  const app = await buildTestApp()
  const browser = await signedInBrowser(app)
  const form_token = fieldOf((await browser.get(connectUrl)).body, 'form_token')
  const before = await snapshot(app.database)
  const foreign: Record<string, string>[] = [
    { origin: '' },
    { origin: 'https://evil.test' },
    { origin: 'http://localhost:9999' },
    { origin, 'sec-fetch-site': 'cross-site' },
    { origin: 'null', 'sec-fetch-site': 'same-site' },
    { origin: 'null', 'sec-fetch-site': '' },
  ]
  const provider = (await browser.get('/sign-in')).headers.location as string
  for (const headers of foreign)
    for (const [url, fields] of [
      ['/extension/connect', { ...asked, form_token }],
      ['/sign-out', { form_token }],
      ['/language', { language: 'ja' }],
      [provider.replace('/authorize?', '/add?'), ada],
    ] as const) {
      const answer = await browser.post(url, fields, headers)
      expect([url, headers, answer.statusCode]).toEqual([url, headers, 403])
    }
  expect(await snapshot(app.database)).toBe(before)
})

test('a form of another session or without proof of a session is refused', async () => {
  const app = await buildTestApp()
  const [mine, other] = [await signedInBrowser(app), await signedInBrowser(app)]
  const form_token = fieldOf((await other.get(connectUrl)).body, 'form_token')
  for (const token of [form_token, '', 'x'])
    expect((await mine.post('/extension/connect', { ...asked, form_token: token })).statusCode).toBe(403)
  const signedOut = await createBrowser(app).post('/extension/connect', { ...asked, form_token })
  expect(signedOut.statusCode).toBe(401)
})

test('pages take forms only', async () => {
  const browser = await signedInBrowser(await buildTestApp())
  for (const type of ['text/plain', 'application/json', 'multipart/form-data; boundary=x'])
    expect((await browser.post('/sign-out', {}, { 'content-type': type })).statusCode).toBe(415)
})

test('no page changes anything by GET or HEAD, but the one the provider sends people back to', async () => {
  const app = await buildTestApp()
  const browser = await signedInBrowser(app)
  const provider = (await browser.get('/sign-in')).headers.location as string
  const before = await snapshot(app.database)
  const urls = ['/', '/sign-in', '/sign-in?next=/x', '/sign-out', connectUrl, '/language?language=ja', provider]
  for (const url of [...urls, provider.replace('/authorize?', '/add?'), '/v1/me', '/v1/auth/sign-out'])
    for (const method of ['GET', 'HEAD'] as const)
      await app.app.inject({ method, url, cookies: Object.fromEntries(browser.cookies) })
  const callback = await browser.addAccount(provider)
  const head = await app.app.inject({
    method: 'HEAD',
    url: callback.slice(origin.length),
    cookies: Object.fromEntries(browser.cookies),
  })
  expect(head.statusCode).toBe(404)
  expect(await snapshot(app.database)).toBe(before)
})
