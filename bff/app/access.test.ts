import { randomUUIDv7 } from 'node:crypto'
import type { HTTPMethods } from 'fastify'
import { describe, expect, test } from 'vitest'
import { fieldOf } from '../identity/test/browser.ts'
import { openEvents } from '../test/event-reader.ts'
import { changes, notPlainGets, setUpRoutes as setUp, unknownToken } from '../test/route-table.ts'
import { stopTimers } from '../test/stop-timers.ts'
import { signIn } from '../test/whole-app.ts'

/** What people may still do while their account is paused, or before they have agreed to a new policy. */
const alwaysTheirs = [
  'POST /v1/auth/sign-out',
  'POST /v1/generations/:id/cancel',
  'PATCH /v1/pictures/:id',
  'DELETE /v1/pictures/:id',
  'POST /v1/pictures/:id/restore',
  'PUT /v1/credits/limits',
  'POST /v1/purchases/:id/refresh',
  'POST /v1/purchases/:id/refund',
]
/** Pages that show something to people who are not signed in. */
const shownToAll = ['GET /', 'HEAD /', 'GET /welcome', 'HEAD /welcome']

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

/** Headers that do not change from request to request. */
const steady = (headers: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'date' && !name.startsWith('x-ratelimit')))

describe('[P61] [C33] everything is the person’s alone', () => {
  describe('[C20] a sign-in that has ended is worth nothing', () => {
    test('every route of a person answers 401 without a token, with an unknown or old one, signed out or deleted', async () => {
      const { app, table, ask, ada, bob, sqlite, wait } = await setUp()
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
      const eve = await signIn(app, { name: 'Eve', email: 'eve@example.test' })
      await app.inject({ method: 'POST', url: '/v1/auth/sign-out', headers: eve.headers })
      await expectRefused('signed out', eve.headers)
      sqlite.prepare('delete from person_key where person_id = ?').run(bob.tokens.person.id)
      await expectRefused('deleted', bob.headers)
      wait(15 * 60_000)
      await expectRefused('expired', ada.headers)
    })

    test('signing out everywhere ends every open event stream of this person within a second', async () => {
      const { app, ada, bob } = await setUp()
      const [hers, his] = [await openEvents(app, ada.headers), await openEvents(app, bob.headers)]
      expect([hers.status, his.status]).toEqual([200, 200])
      const form_token = fieldOf((await ada.browser.get('/account')).body, 'form_token')
      // No time has to pass for it, so it is as fast as the machine.
      stopTimers()
      await ada.browser.post('/account/sign-out-everywhere', { form_token })
      await hers.untilEnded()
      expect(his.isEnded()).toBe(false)
      expect((await app.inject({ url: '/v1/events', headers: ada.headers })).statusCode).toBe(401)
      his.close()
    })
  })

  test('no page of a person opens to a visitor, an ended session, another person or a deleted one', async () => {
    const { table, app, ada, bob, sqlite, rows, wait } = await setUp()
    const routes = table.filter(({ access }) => access === 'web')
    expect(routes.length).toBeGreaterThan(12)
    const adas = fieldOf((await ada.browser.get('/account')).body, 'form_token')
    const asForm = { origin: 'http://localhost:8787', 'content-type': 'application/x-www-form-urlencoded' }
    const fields = new URLSearchParams({
      ...ada.asked,
      form_token: adas,
      name: 'Eve',
      kind: 'web',
      id: 'x',
      age: 'adult',
      makers: 'yes',
    })

    const expectClosed = async (who: string, cookie: string) => {
      const before = rows()
      for (const { method, url, name } of routes) {
        const query = url === '/extension/connect' ? `?${new URLSearchParams(ada.asked)}` : ''
        const answer = await app.inject({
          method: method as HTTPMethods,
          url: url + (changes({ method }) ? '' : query),
          headers: { ...(cookie && { cookie }), ...(changes({ method }) && asForm) },
          ...(changes({ method }) && { payload: fieldsOf(fields, url) }),
        })
        expect([who, name, answer.body.includes('ada@example.test')]).toEqual([who, name, false])
        const isClosed = [303, 400, 401, 403].includes(answer.statusCode)
        if (!shownToAll.includes(name))
          expect([who, name, answer.statusCode, isClosed]).toEqual([who, name, answer.statusCode, true])
        if (answer.statusCode === 303) expect(answer.headers.location).toMatch(/^\/sign-in/)
      }
      expect([who, rows()]).toEqual([who, before])
    }
    await expectClosed('nobody', '')
    await expectClosed('unknown', `__Host-mimicit-session=${unknownToken}`)
    await expectClosed('token as cookie', `__Host-mimicit-session=${ada.tokens.accessToken}`)
    sqlite.prepare('delete from person_key where person_id = ?').run(bob.tokens.person.id)
    await expectClosed('deleted', bob.browser.cookieHeader())
    const cookie = ada.browser.cookieHeader()
    wait(8 * 24 * 60 * 60_000)
    await expectClosed('expired', cookie)
  })

  test("a person's form is worth nothing in another person's session", async () => {
    const { table, app, ada, bob, rows } = await setUp()
    const all = new URLSearchParams({
      ...bob.asked,
      form_token: fieldOf((await ada.browser.get('/account')).body, 'form_token'),
      ...{ name: 'Eve', kind: 'web', id: 'x', age: 'adult', makers: 'yes' },
      ...{ pack: 's', currency: 'usd', per_day: '1', per_month: '', ask_above: '', purchase: randomUUIDv7() },
    })
    const before = rows()
    const forms = table.filter(route => route.access === 'web' && changes(route) && route.url !== '/welcome')
    for (const { url } of forms) {
      const headers = {
        cookie: bob.browser.cookieHeader(),
        origin: 'http://localhost:8787',
        'content-type': 'application/x-www-form-urlencoded',
      }
      const answer = await app.inject({ method: 'POST', url, headers, payload: fieldsOf(all, url) })
      expect([url, answer.statusCode]).toEqual([url, 403])
    }
    expect(rows()).toEqual(before)
  })

  test("another person's id answers byte for byte like one that does not exist, and nothing happens", async () => {
    const { table, ask, idFor, ada, bob, rows } = await setUp()
    const before = rows()
    const routes = table.filter(({ url, access }) => url.includes(':') && access === 'person')
    expect(routes.length).toBeGreaterThan(8)
    for (const route of routes) {
      const [theirs, none] = [await ask(route, bob.headers, idFor(route)), await ask(route, bob.headers)]
      expect([route.name, theirs.statusCode, theirs.body]).toEqual([route.name, 404, none.body])
      expect(steady(theirs.headers)).toEqual(steady(none.headers))
      if (route.method === 'GET') expect((await ask(route, ada.headers, idFor(route))).statusCode).toBe(200)
    }
    expect(rows()).toEqual(before)
  })
})

test('[P76] [P90] what a paused person may still do is exactly this; the same without the consents', async () => {
  const { table, ask, idFor, ada, bob, sqlite, rows } = await setUp()
  const routes = table.filter(({ access }) => access === 'person')
  const open = routes.filter(({ standing }) => standing === 'any').map(({ name }) => name)
  expect(open.filter(name => !/^(GET|HEAD) /.test(name)).toSorted()).toEqual(alwaysTheirs.toSorted())

  const pause = sqlite.prepare(`insert into person_pause values (?, 'operator', 0)`)
  const answer = sqlite.prepare(`insert into consent (person_id, kind, answer, version, at) values (?, ?, ?, 'v', 0)`)
  pause.run(ada.tokens.person.id)
  answer.run(bob.tokens.person.id, 'age', 'under_13')
  const before = rows()
  for (const route of routes) {
    if (notPlainGets.includes(route.name)) continue
    const isRefused = changes(route) && !alwaysTheirs.includes(route.name)
    for (const [person, code] of [
      [ada, 'account_paused'],
      [bob, 'consent_needed'],
    ] as const) {
      if (!isRefused && changes(route)) continue
      const answer = await ask(route, person.headers, route.url.includes(':') && !isRefused ? idFor(route) : undefined)
      if (isRefused) expect([route.name, answer.statusCode, answer.json().code]).toEqual([route.name, 403, code])
      else expect([route.name, [401, 403].includes(answer.statusCode)]).toEqual([route.name, false])
    }
  }
  expect(rows()).toEqual(before)
  const leave = await ask(table.find(({ name }) => name === 'POST /v1/auth/sign-out')!, ada.headers)
  expect(leave.statusCode).toBe(204)
})

/** The fields that the form at `url` knows, so that it is not refused for one it does not. */
function fieldsOf(all: URLSearchParams, url: string): string {
  const known: Record<string, string[]> = {
    '/extension/connect': ['state', 'code_challenge', 'code_challenge_method', 'extension_id'],
    '/account/name': ['name'],
    '/account/sign-out': ['kind', 'id'],
    '/consent': ['age', 'makers'],
    '/credits/buy': ['pack', 'currency'],
    '/credits/limits': ['per_day', 'per_month', 'ask_above'],
    '/credits/check': ['purchase'],
    '/credits/refund': ['purchase'],
    '/welcome': [],
  }
  const names = ['form_token', ...(known[url] ?? [])]
  return new URLSearchParams([...all].filter(([name]) => names.includes(name))).toString()
}

test('[C26] a bearer route looks at the bearer token alone, whatever cookie comes with it', async () => {
  const { app, ada, bob } = await setUp()
  const cookie = ada.browser.cookieHeader()
  const both = await app.inject({ url: '/v1/me', headers: { ...bob.headers, cookie } })
  expect(both.json()).toMatchObject({ id: bob.tokens.person.id })
  for (const headers of [{ cookie }, { cookie, ...bearer(unknownToken) }])
    expect((await app.inject({ url: '/v1/me', headers })).statusCode).toBe(401)
  const page = await app.inject({ url: '/account', headers: ada.headers })
  expect([page.statusCode, page.headers.location]).toEqual([303, '/sign-in?next=%2Faccount'])
})

test('[C35] an id that is none is refused on every route that takes one, and nothing happens', async () => {
  const { table, ask, ada, rows } = await setUp()
  const before = rows()
  const routes = table.filter(({ url }) => url.includes(':'))
  expect(routes.length).toBeGreaterThan(8)
  for (const route of routes)
    for (const id of ['..%2f..%2fmimicit.sqlite', '%00', 'x', 'a'.repeat(300)])
      expect([route.name, id, (await ask(route, ada.headers, id)).statusCode]).toEqual([route.name, id, 400])
  expect(rows()).toEqual(before)
})

test('[C59c] a sixth stream of one person ends the oldest, and nobody else’s', async () => {
  const { app, ada, bob } = await setUp()
  const his = await openEvents(app, bob.headers)
  const hers = []
  for (let i = 0; i < 6; i++) hers.push(await openEvents(app, ada.headers))
  await hers[0]!.untilEnded()
  expect([...hers.slice(1), his].map(stream => stream.isEnded())).toEqual([false, false, false, false, false, false])
  for (const stream of [...hers, his]) stream.close()
})
