import { randomUUIDv7 } from 'node:crypto'
import { expect, test } from 'vitest'
import { fieldOf } from '../identity/test/browser.ts'
import { notPlainGets, setUpRoutes as setUp } from '../test/route-table.ts'

/** What anybody may ask for; a route is here on purpose or not at all. */
const open = [
  'GET /health',
  'GET /v1/models',
  'POST /v1/auth/token',
  'POST /v1/webhooks/:provider/:id',
  'GET /legal/commerce',
  'GET /legal/prepaid',
  'GET /test-checkout',
  'POST /test-checkout',
  'POST /language',
  'GET /sign-in',
  'GET /sign-in/callback',
  'GET /assets/style.css',
  'GET /assets/tokens.css',
  'GET /assets/icon.svg',
  'GET /assets/credits-updated.js',
  'GET /assets/handoff.js',
  'GET /embedded-accounts/authorize',
  'POST /embedded-accounts/authorize',
  'POST /embedded-accounts/add',
]

test('[P47] what is open to everybody is exactly this', async () => {
  const { table } = await setUp()
  const found = table.filter(({ access, method }) => access === 'public' && method !== 'HEAD').map(({ name }) => name)
  expect(found.toSorted()).toEqual(open.toSorted())
})

test('[C29] GET and HEAD change nothing, whoever asks', async () => {
  const { table, ask, idFor, ada, rows } = await setUp()
  const before = rows()
  const cookie = ada.browser.cookieHeader()
  for (const route of table) {
    if (!['GET', 'HEAD'].includes(route.method) || notPlainGets.includes(route.name)) continue
    const id = route.url.includes(':') ? idFor(route) : undefined
    await ask(route, { ...ada.headers, cookie }, id)
    expect([route.name, rows()]).toEqual([route.name, before])
  }
})

test('[C27] whatever a page can change, it changes only for our own pages', async () => {
  const { table, app, ada, rows } = await setUp()
  const form_token = fieldOf((await ada.browser.get('/')).body, 'form_token')
  const { search } = new URL((await app.inject('/sign-in')).headers.location!, 'http://localhost')
  const forms: Record<string, Record<string, string>> = {
    '/language': { language: 'ja' },
    '/sign-out': { form_token },
    '/extension/connect': { ...ada.asked, form_token },
    '/welcome': { attempt: 'AAAAAAAA', age: 'adult', makers: 'yes' },
    '/consent': { form_token, age: 'adult', makers: 'yes' },
    '/account/name': { form_token, name: 'Eve' },
    '/account/sign-out': { form_token, kind: 'extension', id: 'x' },
    '/account/sign-out-everywhere': { form_token },
    '/account/pause': { form_token },
    '/account/resume': { form_token },
    '/credits/buy': { form_token, pack: 's', currency: 'usd' },
    '/credits/limits': { form_token, per_day: '1', per_month: '', ask_above: '' },
    '/credits/check': { form_token, purchase: randomUUIDv7() },
    '/credits/refund': { form_token, purchase: randomUUIDv7() },
    '/test-checkout': { purchase: randomUUIDv7(), deed: 'pay' },
    '/embedded-accounts/authorize': { account: randomUUIDv7() },
    '/embedded-accounts/add': { name: 'Eve', email: 'eve@example.test' },
  }
  const before = rows()
  const pages = table.filter(({ method, url }) => method === 'POST' && !url.startsWith('/v1/'))
  expect(pages.map(({ url }) => url).toSorted()).toEqual(Object.keys(forms).toSorted())
  const foreign = [
    { origin: undefined, 'sec-fetch-site': undefined },
    { origin: 'https://evil.test', 'sec-fetch-site': 'cross-site' },
    { origin: 'null', 'sec-fetch-site': 'cross-site' },
    { origin: 'http://localhost:8787', 'sec-fetch-site': 'same-site' },
  ]
  for (const { url } of pages)
    for (const from of foreign) {
      const headers = Object.fromEntries(Object.entries(from).filter(([, value]) => value !== undefined))
      const query = url.startsWith('/embedded') ? search : ''
      const answer = await app.inject({
        method: 'POST',
        url: url + query,
        headers: {
          cookie: ada.browser.cookieHeader(),
          'content-type': 'application/x-www-form-urlencoded',
          ...headers,
        },
        payload: new URLSearchParams(forms[url]).toString(),
      })
      expect([url, from, answer.statusCode]).toEqual([url, from, 403])
    }
  expect(rows()).toEqual(before)
})

const policyOf = {
  pages:
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  theRest: "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
}

test('[C30] every route answers with the security headers, and so does what has no route, is too large or breaks', async () => {
  const { table, ask, app, ada, sqlite } = await setUp()
  const expectHeaders = (what: string, { statusCode, headers }: Awaited<ReturnType<typeof ask>>) => {
    const isPage = String(headers['content-type']).startsWith('text/html')
    expect([what, statusCode, headers]).toEqual([
      what,
      statusCode,
      expect.objectContaining({
        'content-security-policy': isPage ? policyOf.pages : policyOf.theRest,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'x-frame-options': 'DENY',
      }),
    ])
  }
  for (const route of table) expectHeaders(route.name, await ask(route, {}))
  expectHeaders('nowhere', await app.inject('/nowhere'))
  expectHeaders('nowhere in the API', await app.inject('/v1/nowhere'))
  const large = { method: 'POST', url: '/v1/auth/token', payload: { grant: 'x'.repeat(2 ** 20) } } as const
  const tooLarge = await app.inject(large)
  expect(tooLarge.statusCode).toBe(413)
  expectHeaders('too large', tooLarge)
  sqlite.exec('alter table picture rename to gone')
  const broken = await app.inject({ url: '/v1/pictures', headers: ada.headers })
  expect(broken.statusCode).toBe(500)
  expectHeaders('broken', broken)
})

test('a preflight allows the extension every method that the API has at that address', async () => {
  const { table, app, config } = await setUp()
  const routes = table.filter(({ url }) => url.startsWith('/v1/'))
  expect(new Set(routes.map(({ method }) => method))).toEqual(
    new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']),
  )
  for (const { method, url, name } of routes) {
    const answer = await app.inject({
      method: 'OPTIONS',
      url: url.replace(':id', randomUUIDv7()),
      headers: {
        origin: `chrome-extension://${config.extensionIds[0]}`,
        'access-control-request-method': method,
        'access-control-request-headers': 'authorization,content-type,x-mimicit-contract',
      },
    })
    const allowed = String(answer.headers['access-control-allow-methods']).split(', ')
    expect([name, answer.statusCode, allowed]).toEqual([name, 204, expect.arrayContaining([method])])
  }
})
