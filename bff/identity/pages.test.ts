import { expect, test } from 'vitest'
import { buildTestApp } from './test/app.ts'
import { createBrowser } from './test/browser.ts'

test('every page forbids all but its own style, icon and forms', async () => {
  const browser = createBrowser(await buildTestApp())
  const provider = (await browser.get('/sign-in')).headers.location as string
  for (const url of ['/', provider, '/sign-in/callback?state=x', '/extension/connect']) {
    const { headers, body } = await browser.get(url)
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    )
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' })
    expect(body).not.toMatch(/<script|style="|https?:\/\/(?!localhost)/)
  }
})

test('[P26] the language switch sets its cookie and leads back; no other cookie is set by looking around', async () => {
  const browser = createBrowser(await buildTestApp())
  expect((await browser.get('/')).body).toContain('<html lang="en">')
  expect([...browser.cookies.keys()]).toEqual([])
  const answer = await browser.post('/language', { language: 'ja', next: '/extension/connect?x=1' })
  expect([answer.statusCode, answer.headers.location]).toEqual([303, '/extension/connect?x=1'])
  expect([...browser.cookies]).toEqual([['mimicit-locale', 'ja']])
  expect(answer.cookies[0]).toMatchObject({ path: '/', secure: true, httpOnly: true, sameSite: 'Lax' })
  const home = await browser.get('/')
  expect(home.body).toContain('<html lang="ja">')
  expect(home.body).toContain('サインインしていません。')
  expect((await browser.post('/language', { language: 'fr' })).statusCode).toBe(400)
  expect((await browser.post('/language', { language: 'en', next: '//evil.test' })).headers.location).toBe('/')
})

test('[P28] a whole visit sets the session cookie, one per open sign-in, the language, and nothing else', async () => {
  const browser = createBrowser(await buildTestApp())
  await browser.post('/language', { language: 'en' })
  await browser.signIn()
  await browser.get('/sign-in')
  const names = [...browser.cookies.keys()].map(name => name.replace(/(sign-in-).*/, '$1…')).sort()
  expect(names).toEqual(['__Host-mimicit-session', '__Host-mimicit-sign-in-…', 'mimicit-locale'])
})

test('the style sheet, icon and scripts of the pages are served with their types', async () => {
  const { app } = await buildTestApp()
  for (const [name, type] of [
    ['tokens.css', 'text/css'],
    ['style.css', 'text/css'],
    ['icon.svg', 'image/svg+xml'],
    ['handoff.js', 'text/javascript'],
    ['credits-updated.js', 'text/javascript'],
  ]) {
    const answer = await app.inject(`/assets/${name}`)
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, expect.stringContaining(type!)])
  }
})

test('a page loads every token that its style is written with', async () => {
  const { app } = await buildTestApp()
  const page = (await app.inject('/')).body
  const sheets = [...page.matchAll(/<link rel="stylesheet" href="([^"]+)">/g)].map(([, address]) => address!)
  const answers = await Promise.all(sheets.map(address => app.inject(address)))
  expect(answers.map(answer => answer.statusCode)).toEqual(sheets.map(() => 200))
  const css = answers.map(answer => answer.body).join('\n')
  const defined = new Set([...css.matchAll(/(--[\w-]+):/g)].map(([, name]) => name))
  const used = new Set([...css.matchAll(/var\((--[\w-]+)/g)].map(([, name]) => name))
  expect(used.size).toBeGreaterThan(10)
  expect([...used].filter(name => !defined.has(name))).toEqual([])
})

test('on a developer’s machine 127.0.0.1 is sent on to localhost, where the cookies are', async () => {
  const { app } = await buildTestApp()
  const answer = await app.inject({ url: '/?a=1', headers: { host: '127.0.0.1:8787' } })
  expect([answer.statusCode, answer.headers.location]).toEqual([307, 'http://localhost:8787/?a=1'])
})

test('trouble on our side is a page that says so, and nothing of the inside', async () => {
  const { app } = await buildTestApp({
    provider: {
      kind: 'google',
      plugin: async () => {},
      authorizeUrl: () => {
        throw new Error('secret-inside')
      },
      exchange: () => Promise.reject(new Error('unused')),
    },
  })
  const answer = await app.inject({ url: '/sign-in', headers: { 'accept-language': 'ja' } })
  expect([answer.statusCode, answer.headers['content-type']]).toEqual([500, 'text/html; charset=utf-8'])
  expect(answer.body).toContain('サーバー側で問題が起きました')
  expect(answer.body).not.toContain('secret-inside')
})
