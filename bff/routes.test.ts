import { randomUUIDv7 } from 'node:crypto'
import Sqlite from 'better-sqlite3'
import type { HTTPMethods } from 'fastify'
import { expect, onTestFinished, test } from 'vitest'
import type { Generation } from './contract/generations.ts'
import { fieldOf } from './identity/test/browser.ts'
import { aPicture, aSpec, form, submission } from './test/app.ts'
import { createFakeProvider } from './test/fake-provider.ts'
import { until } from './test/until.ts'
import { signIn, wholeApp } from './test/whole-app.ts'

/** What anybody may ask for; a route is here on purpose or not at all. */
const open = [
  'GET /health',
  'GET /v1/models',
  'POST /v1/auth/token',
  'POST /language',
  'GET /sign-in',
  'GET /sign-in/callback',
  'GET /assets/style.css',
  'GET /assets/icon.svg',
  'GET /assets/hand-over.js',
  'GET /embedded-accounts/authorize',
  'POST /embedded-accounts/authorize',
  'POST /embedded-accounts/add',
]
/** Bodies without which a route would refuse before it looks at the id. */
const bodies: Record<string, object> = { 'PATCH /v1/pictures/:id': { favourite: true } }
/** [C29] Where the identity provider sends the browser back to; and a stream, which never ends. */
const notPlainGets = ['GET /sign-in/callback', 'GET /v1/events', 'HEAD /v1/events']

const unknownToken = 'U'.repeat(43)
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

/** Headers that do not change from request to request. */
const steady = (headers: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'date' && !name.startsWith('x-ratelimit')))

/** The whole backend with Ada, who has a picture, and Bob, who has nothing. */
async function setUp() {
  const provider = createFakeProvider({ instant: await aPicture() })
  let skew = 0
  const whole = await wholeApp({ providers: new Map([['local', provider]]), now: () => Date.now() + skew })
  const ada = await signIn(whole.app, { name: 'Ada', email: 'ada@example.test' })
  const bob = await signIn(whole.app, { name: 'Bob', email: 'bob@example.test' })
  const { id: jobId } = (
    await whole.app.inject(submission(ada.headers, form(aSpec(), [await aPicture()])))
  ).json<Generation>()
  const own = async () =>
    (await whole.app.inject({ url: `/v1/generations/${jobId}`, headers: ada.headers })).json<Generation>()
  await until(async () => (await own()).state === 'done')
  const pictureId = (await own()).pictures[0]!.id

  const table = whole.routes
    .filter(route => !route.url.startsWith('/docs') && route.url !== '*')
    .flatMap(({ method, url, config }) => [method].flat().map(method => ({ method, url, access: config?.access })))
    .map(route => ({ ...route, name: `${route.method} ${route.url}` }))
  type Route = (typeof table)[number]

  const ask = ({ method, url, name }: Route, headers: Record<string, string>, id: string = randomUUIDv7()) =>
    whole.app.inject({
      method: method as HTTPMethods,
      url: url.replace(':id', id),
      headers,
      ...(bodies[name] && { payload: bodies[name] }),
    })
  const idFor = ({ url }: Route) => {
    if (url.startsWith('/v1/pictures/:id')) return pictureId
    if (url.startsWith('/v1/generations/:id')) return jobId
    throw new Error(`Whose id does ${url} take?`)
  }
  const sqlite = new Sqlite(whole.file)
  onTestFinished(() => void sqlite.close())
  return {
    ...whole,
    ada,
    bob,
    table,
    ask,
    idFor,
    sqlite,
    wait: (ms: number) => {
      skew += ms
    },
    /** Every row of every table. */
    rows: () =>
      Object.fromEntries(
        sqlite
          .prepare<[], string>(`select name from sqlite_schema where type = 'table'`)
          .pluck()
          .all()
          .map(name => [name, sqlite.prepare(`select * from ${name}`).all()]),
      ),
  }
}

test('[P61] [P47] what is open to everybody is exactly this', async () => {
  const { table } = await setUp()
  const found = table.filter(({ access, method }) => access === 'public' && method !== 'HEAD').map(({ name }) => name)
  expect(found.toSorted()).toEqual(open.toSorted())
})

test('[C33] [P61] every route of a person answers 401 without a token, with an unknown or old one, and after deletion', async () => {
  const { table, ask, ada, bob, sqlite, wait } = await setUp()
  const routes = table.filter(({ access }) => access === 'person')
  expect(routes.length).toBeGreaterThan(12)
  const expectRefused = async (who: string, headers: Record<string, string>) => {
    for (const route of routes) {
      const answer = await ask(route, headers)
      expect([who, route.name, answer.statusCode]).toEqual([who, route.name, 401])
      if (route.method !== 'HEAD') expect(answer.json()).toMatchObject({ code: 'signed_out' })
    }
  }
  await expectRefused('nobody', {})
  await expectRefused('unknown', bearer(unknownToken))
  await expectRefused('refresh token', bearer(ada.tokens.refreshToken))
  sqlite.prepare('delete from person_key where person_id = ?').run(bob.tokens.person.id)
  await expectRefused('deleted', bob.headers)
  wait(15 * 60_000)
  await expectRefused('expired', ada.headers)
})

test("[C33] [P60] another person's id answers byte for byte like one that does not exist, and nothing happens", async () => {
  const { table, ask, idFor, ada, bob, rows } = await setUp()
  const before = rows()
  const routes = table.filter(({ url }) => url.includes(':'))
  expect(routes.length).toBeGreaterThan(8)
  for (const route of routes) {
    const [theirs, none] = [await ask(route, bob.headers, idFor(route)), await ask(route, bob.headers)]
    expect([route.name, theirs.statusCode, theirs.body]).toEqual([route.name, 404, none.body])
    expect(steady(theirs.headers)).toEqual(steady(none.headers))
    if (route.method === 'GET') expect((await ask(route, ada.headers, idFor(route))).statusCode).toBe(200)
  }
  expect(rows()).toEqual(before)
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

test('[C27] [P61] whatever a page can change, it changes only for our own pages', async () => {
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

test('[C30] every route answers with the security headers', async () => {
  const { table, ask } = await setUp()
  for (const route of table) {
    const { headers } = await ask(route, {})
    expect([route.name, headers]).toEqual([
      route.name,
      expect.objectContaining({
        'content-security-policy': expect.stringContaining("default-src 'none'"),
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'x-frame-options': 'DENY',
      }),
    ])
  }
})
