import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { ProblemError } from '../contract/problems.ts'
import { buildTestApp, freeCredits, origin, snapshot, visit } from './test/app.ts'
import { ada, createBrowser, fieldOf } from './test/browser.ts'
import { sessionCookie } from './web-sessions.ts'

const day = 24 * 60 * 60_000
const attemptCookies = (browser: ReturnType<typeof createBrowser>) =>
  [...browser.cookies.keys()].filter(name => name.startsWith('__Host-mimicit-sign-in-'))

test('[P25] [C25] a sign-in ends with a session cookie that scripts and other sites cannot use', async () => {
  const app = await buildTestApp()
  const browser = createBrowser(app)
  const answer = await browser.signIn(ada, '/extension/connect?state=x')
  expect([answer.statusCode, answer.headers.location]).toEqual([303, '/extension/connect?state=x'])
  const cookie = answer.cookies.find(({ name }) => name === sessionCookie)
  expect(cookie).toMatchObject({ path: '/', secure: true, httpOnly: true, sameSite: 'Lax' })
  expect(cookie).not.toHaveProperty('domain')
  expect((await browser.get('/')).body).toContain('You are signed in as Ada.')
})

test('the first sign-in makes the person, the consents, the accounts and the free credits in one write', async () => {
  const { app, database, writes } = await buildTestApp()
  await createBrowser({ app }).signIn()
  expect(writes.count).toBe(1)
  const accounts = await database.read.selectFrom('account').selectAll().where('person_id', 'is not', null).execute()
  expect(accounts.map(({ kind, posted }) => [kind, posted]).sort()).toEqual([
    ['debt', 0],
    ['free', freeCredits],
    ['paid', 0],
  ])
})

test('a first sign-in that fails half way leaves nothing behind', async () => {
  const broken = { open: async () => {}, grantFree: () => Promise.reject(new ProblemError('storage_full')) }
  const { app, database } = await buildTestApp({ ledger: broken })
  const before = await snapshot(database)
  const answer = await createBrowser({ app }).signIn()
  expect([answer.statusCode, await snapshot(database)]).toEqual([507, before])
})

test('the subject is kept as a keyed hash, name and e-mail are sealed: the files show none of them', async () => {
  const { app, file, dir } = await buildTestApp()
  await createBrowser({ app }).signIn({ name: 'Canary-Name', email: 'canary@example.test' })
  for (const path of [file, `${file}-wal`, `${dir}/local-accounts.json`]) {
    const bytes = await readFile(path)
    for (const canary of ['Canary', 'canary', 'local:']) expect(bytes.includes(canary)).toBe(false)
  }
})

test('the same e-mail with another subject is another person', async () => {
  const { app, database } = await buildTestApp()
  await createBrowser({ app }).signIn()
  await createBrowser({ app }).signIn()
  expect(await database.read.selectFrom('person').select('id').execute()).toHaveLength(2)
})

test('signing in again finds the same person and takes over what the provider changed', async () => {
  const names = ['Ada', 'Ada Lovelace']
  const { app, identity, database } = await buildTestApp()
  const claims = (name: string) => ({ subject: 'one', email: 'a@example.test', name })
  await identity.admit(claims(names[0]!), 'adult', visit)
  expect(await identity.signIn(claims(names[1]!), visit)).not.toBeNull()
  const people = await database.read.selectFrom('person').select('id').execute()
  expect(people).toHaveLength(1)
  expect(await identity.person(people[0]!.id)).toMatchObject({ name: 'Ada Lovelace' })
  expect(app.server.listening).toBe(false)
})

test('[C1] a missing or different state is refused and makes no session', async () => {
  const { app, database } = await buildTestApp()
  const browser = createBrowser({ app })
  const { headers } = await browser.get('/sign-in')
  const callback = await browser.addAccount(headers.location as string)
  for (const url of [callback.replace(/&state=.*/, ''), callback.replace(/state=..../, 'state=XXXX')])
    expect((await browser.get(url)).statusCode).toBe(400)
  expect(await database.read.selectFrom('web_session').selectAll().execute()).toEqual([])
})

test('[C2] a sign-in begun in another browser is refused, with a word about cookies and no redirect', async () => {
  const { app, database } = await buildTestApp()
  const attacker = createBrowser({ app })
  const { headers } = await attacker.get('/sign-in')
  const answer = await createBrowser({ app }).get(await attacker.addAccount(headers.location as string))
  expect(answer.statusCode).toBe(400)
  expect(answer.body).toContain('without cookies you cannot sign in')
  expect(await database.read.selectFrom('web_session').selectAll().execute()).toEqual([])
})

test('[C3] a replayed callback is refused and leaves the first session alone', async () => {
  const { app } = await buildTestApp()
  const browser = createBrowser({ app })
  const started = await browser.get('/sign-in')
  const callback = await browser.addAccount(started.headers.location as string)
  const attempt = [...browser.cookies]
  await browser.answer(await browser.get(callback))
  expect((await browser.get(callback)).statusCode).toBe(400)
  for (const [name, value] of attempt) browser.cookies.set(name, value)
  expect((await browser.get(callback)).statusCode).toBe(400)
  expect((await browser.get('/')).body).toContain('You are signed in as Ada.')
})

test('only S256 is sent', async () => {
  const { app } = await buildTestApp()
  const { headers } = await createBrowser({ app }).get('/sign-in')
  const query = new URL(headers.location as string, origin).searchParams
  expect(query.get('code_challenge_method')).toBe('S256')
  expect(query.get('code_challenge')).toMatch(/^[\w-]{43}$/)
})

test('where a sign-in leads is never another site, nor another sign-in', async () => {
  const { app } = await buildTestApp()
  for (const next of [
    '//evil.test',
    '/\\evil.test',
    'javascript:alert(1)',
    'http://localhost:9999/',
    '/sign-in?next=/',
  ]) {
    const answer = await createBrowser({ app }).signIn(ada, next)
    expect([next, answer.headers.location]).toEqual([next, '/account'])
  }
})

test('saying no at the provider leads to a friendly page that offers another try', async () => {
  const { app, database } = await buildTestApp()
  const browser = createBrowser({ app })
  const { headers } = await browser.get('/sign-in?next=/somewhere')
  const state = new URL(headers.location as string, origin).searchParams.get('state')
  const answer = await browser.get(`/sign-in/callback?error=access_denied&state=${state}`)
  expect(answer.statusCode).toBe(200)
  expect(answer.body).toContain('Sign-in cancelled')
  expect(answer.body).toContain('href="/sign-in?next=%2Fsomewhere"')
  expect(attemptCookies(browser)).toEqual([])
  expect(await database.read.selectFrom('person').selectAll().execute()).toEqual([])
})

test('a provider that does not answer gives 503, and the attempt can still be finished', async () => {
  let isDown = true
  const { app } = await buildTestApp({
    provider: {
      kind: 'google',
      plugin: async () => {},
      authorizeUrl: ({ state }) => `https://accounts.example.test/?state=${state}`,
      exchange: async () => {
        if (isDown) throw new ProblemError('unavailable')
        return { subject: 'one', ...ada }
      },
    },
  })
  const browser = createBrowser({ app })
  const { headers } = await browser.get('/sign-in')
  const callback = `/sign-in/callback?code=c&state=${new URL(headers.location as string).searchParams.get('state')}`
  expect((await browser.get(callback)).statusCode).toBe(503)
  isDown = false
  expect((await browser.get(callback)).statusCode).toBe(303)
})

test('two tabs that sign in at once both end signed in, as one person', async () => {
  const { app, database } = await buildTestApp()
  const browser = createBrowser({ app })
  await browser.signIn()
  browser.cookies.clear()
  const account = fieldOf(
    (await browser.get((await browser.get('/sign-in')).headers.location as string)).body,
    'account',
  )
  const tabs = await Promise.all([browser.get('/sign-in?next=/one'), browser.get('/sign-in?next=/two')])
  const callbacks = await Promise.all(tabs.map(tab => browser.post(tab.headers.location as string, { account })))
  const ends = await Promise.all(callbacks.map(({ headers }) => browser.get(headers.location as string)))
  expect(ends.map(({ headers }) => headers.location)).toEqual(['/one', '/two'])
  expect((await browser.get('/')).body).toContain('You are signed in as Ada.')
  expect(await database.read.selectFrom('person').select('id').execute()).toHaveLength(1)
})

test('attempts that are never finished do not pile up in the browser', async () => {
  const { app } = await buildTestApp()
  const browser = createBrowser({ app })
  for (let i = 0; i < 30; i++) {
    await browser.get('/sign-in')
    expect(attemptCookies(browser).length).toBeLessThanOrEqual(8)
  }
})

test('[C24] a sign-in gives a new session id, and the old one is worth nothing', async () => {
  const { app, identity } = await buildTestApp()
  const browser = createBrowser({ app })
  browser.cookies.set(sessionCookie, 'chosen-by-an-attacker')
  await browser.signIn()
  const first = browser.cookies.get(sessionCookie)
  await browser.signIn()
  const second = browser.cookies.get(sessionCookie)
  expect(new Set(['chosen-by-an-attacker', first, second]).size).toBe(3)
  expect(await identity.authenticateSession(first)).toBeNull()
  expect(await identity.authenticateSession(second)).not.toBeNull()
})

test('only the hash of the session is stored', async () => {
  const { app, database } = await buildTestApp()
  const browser = createBrowser({ app })
  await browser.signIn()
  const cookie = browser.cookies.get(sessionCookie)!
  expect(cookie).toMatch(/^[\w-]{43}$/)
  expect(await snapshot(database)).not.toContain(cookie)
})

test('a web session ends when it is not used for a week, and after 30 days in any case', async () => {
  const { app, clock, identity } = await buildTestApp()
  const browser = createBrowser({ app })
  const alive = async () => (await identity.authenticateSession(browser.cookies.get(sessionCookie))) !== null
  await browser.signIn()
  clock.at += 7 * day
  expect(await alive()).toBe(false)

  await browser.signIn()
  for (let days = 0; days < 29; days++) {
    clock.at += day
    expect([days, await alive()]).toEqual([days, true])
  }
  clock.at += day
  expect(await alive()).toBe(false)
})

test('after signing out the cookie is gone and worth nothing', async () => {
  const { app, identity } = await buildTestApp()
  const browser = createBrowser({ app })
  await browser.signIn()
  const cookie = browser.cookies.get(sessionCookie)
  const answer = await browser.post('/sign-out', { form_token: fieldOf((await browser.get('/')).body, 'form_token') })
  expect([answer.statusCode, answer.headers.location]).toEqual([303, '/'])
  expect(browser.cookies.has(sessionCookie)).toBe(false)
  expect(await identity.authenticateSession(cookie)).toBeNull()
})

test('a person whose key is destroyed is signed out', async () => {
  const { app, database, identity } = await buildTestApp()
  const browser = createBrowser({ app })
  await browser.signIn()
  await database.write(async trx => void (await trx.deleteFrom('person_key').execute()))
  expect(await identity.authenticateSession(browser.cookies.get(sessionCookie))).toBeNull()
  expect((await browser.get('/')).body).toContain('You are not signed in.')
})

test('ended sessions are swept, living ones stay', async () => {
  const { app, database, clock, identity } = await buildTestApp()
  await createBrowser({ app }).signIn()
  clock.at += 6 * day
  await createBrowser({ app }).signIn()
  clock.at += 2 * day
  await identity.sweep()
  expect(await database.read.selectFrom('web_session').select('created_at').execute()).toEqual([
    { created_at: clock.at - 2 * day },
  ])
})
