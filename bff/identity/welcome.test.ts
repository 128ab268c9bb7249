import { expect, test } from 'vitest'
import { buildTestApp, snapshot, type TestApp, visit } from './test/app.ts'
import { ada, createBrowser, fieldOf } from './test/browser.ts'
import { sessionCookie } from './web-sessions.ts'

const minute = 60_000

/** A browser in which the provider has vouched for Ada, standing before the questions. */
async function atTheQuestions(app: Pick<TestApp, 'app'>, next = '/extension/connect?x=1') {
  const browser = createBrowser(app)
  const started = await browser.get(`/sign-in?${new URLSearchParams({ next })}`)
  const { headers } = await browser.get(await browser.addAccount(started.headers.location as string))
  const url = headers.location as string
  const attempt = new URLSearchParams(url.split('?')[1]).get('attempt')!
  return { browser, url, attempt, reply: (fields: Record<string, string>) => browser.post('/welcome', fields) }
}

const rows = ({ database }: Pick<TestApp, 'database'>) => database.read.selectFrom('person').select('id').execute()
const consents = ({ database }: Pick<TestApp, 'database'>) =>
  database.read.selectFrom('consent').select(['kind', 'answer', 'version', 'at']).orderBy('seq').execute()

test('before there is an account the person is asked, and nothing is stored meanwhile', async () => {
  const app = await buildTestApp()
  const before = await snapshot(app.database)
  const { browser, url } = await atTheQuestions(app)
  const { body, statusCode } = await browser.get(url)
  expect(statusCode).toBe(200)
  for (const words of [
    'Welcome, Ada',
    'How old are you?',
    '13 to 17',
    'go to the maker of the AI model',
    'nothing secret',
  ])
    expect(body).toContain(words)
  expect(body).not.toMatch(/ checked|type="date"/)
  expect(await snapshot(app.database)).toBe(before)
})

test.each(['adult', 'with_parent'])(
  '%s: the answers are kept with version and time, and the person goes on',
  async age => {
    const app = await buildTestApp()
    const { browser, attempt, reply } = await atTheQuestions(app)
    const answer = await reply({ attempt, age, makers: 'yes' })
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/extension/connect?x=1'])
    const kept = { version: app.policy.version, at: app.clock.at }
    expect(await consents(app)).toEqual([
      { kind: 'age', answer: age, ...kept },
      { kind: 'makers', answer: 'yes', ...kept },
    ])
    expect((await browser.get('/')).body).toContain('You are signed in as Ada.')
    expect([...browser.cookies.keys()]).toEqual([sessionCookie])
  },
)

test('[P88] younger than 13: no row, no cookie, nothing of the person in the files', async () => {
  const app = await buildTestApp()
  const before = await snapshot(app.database)
  const { browser, attempt, reply } = await atTheQuestions(app)
  const answer = await reply({ attempt, age: 'under_13' })
  expect([answer.statusCode, answer.body]).toEqual([200, expect.stringContaining('for people aged 13 and over')])
  expect([...browser.cookies.keys()]).toEqual([])
  expect(await snapshot(app.database)).toBe(before)
  expect((await reply({ attempt, age: 'adult', makers: 'yes' })).statusCode).toBe(400)
})

test('without the tick nobody gets in; the page says why and keeps the answer', async () => {
  const app = await buildTestApp()
  const { attempt, reply } = await atTheQuestions(app)
  const answer = await reply({ attempt, age: 'with_parent' })
  expect(answer.statusCode).toBe(400)
  expect(answer.body).toContain('Please tick this box')
  expect(answer.body).toContain('value="with_parent" required checked')
  for (const fields of [{ age: 'old' }, { age: 'adult', makers: 'no' }, { makers: 'yes' }] as Record<string, string>[])
    expect((await reply({ attempt, ...fields })).statusCode).toBe(400)
  expect(await rows(app)).toEqual([])
  expect((await reply({ attempt, age: 'with_parent', makers: 'yes' })).statusCode).toBe(303)
})

test('the answers count only in the browser and on the page where the sign-in began', async () => {
  const app = await buildTestApp()
  const { attempt, browser, url } = await atTheQuestions(app)
  const fields = { attempt, age: 'adult', makers: 'yes' }
  expect((await createBrowser(app).post('/welcome', fields)).statusCode).toBe(400)
  expect((await createBrowser(app).get(url)).statusCode).toBe(400)
  expect((await browser.post('/welcome', fields, { 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403)
  const [name, sealed] = [...browser.cookies].find(([, value]) => value.startsWith('ey'))!
  for (const forged of [`${sealed.slice(0, -2)}AA`, sealed.replace(/^[^.]*/, 'eyJhbGciOiJub25lIn0'), 'x']) {
    browser.cookies.set(name, forged)
    expect((await browser.post('/welcome', fields)).statusCode).toBe(400)
  }
  // The cookie of one attempt does not stand for another.
  browser.cookies.set(name.replace(attempt, 'AAAAAAAA'), sealed)
  expect((await browser.post('/welcome', { ...fields, attempt: 'AAAAAAAA' })).statusCode).toBe(400)
  expect(await rows(app)).toEqual([])
})

test('what the browser keeps meanwhile shows nothing of the person', async () => {
  const { browser } = await atTheQuestions(await buildTestApp())
  const kept = [...browser.cookies.values()].flatMap(value => [value, ...value.split('.')])
  for (const value of kept) {
    const text = value + Buffer.from(value, 'base64url').toString('latin1')
    for (const fact of [ada.email, '"Ada"', 'local:']) expect(text).not.toContain(fact)
  }
})

test('after ten minutes it has to begin again', async () => {
  const app = await buildTestApp()
  const { attempt, reply } = await atTheQuestions(app)
  app.clock.at += 10 * minute + 1000
  expect((await reply({ attempt, age: 'adult', makers: 'yes' })).statusCode).toBe(400)
  expect(await rows(app)).toEqual([])
})

test('the same answers sent twice at once are one person; long afterwards they open nothing', async () => {
  const app = await buildTestApp()
  const { browser, attempt, reply } = await atTheQuestions(app)
  const held = [...browser.cookies]
  const fields = { attempt, age: 'adult', makers: 'yes' }
  expect((await reply(fields)).statusCode).toBe(303)
  const again = async () => {
    browser.cookies.clear()
    for (const [name, value] of held) browser.cookies.set(name, value)
    return (await reply(fields)).statusCode
  }
  expect(await again()).toBe(303)
  app.clock.at += minute + 1
  expect(await again()).toBe(400)
  expect(await rows(app)).toHaveLength(1)
  expect(await consents(app)).toHaveLength(2)
})

test('two tabs that both reach the questions end signed in, as one person with free credits once', async () => {
  const app = await buildTestApp()
  const { browser, attempt, reply } = await atTheQuestions(app)
  const authorize = (await browser.get('/sign-in')).headers.location as string
  const account = fieldOf((await browser.get(authorize)).body, 'account')
  const { headers } = await browser.get((await browser.post(authorize, { account })).headers.location as string)
  const other = new URLSearchParams((headers.location as string).split('?')[1]).get('attempt')!
  const rest = { age: 'adult', makers: 'yes' }
  const [one, two] = await Promise.all([reply({ attempt, ...rest }), reply({ attempt: other, ...rest })])
  expect([one.statusCode, two.statusCode]).toEqual([303, 303])
  expect(await rows(app)).toHaveLength(1)
  expect(await app.database.read.selectFrom('free_grant').selectAll().execute()).toHaveLength(1)
})

test('a second tab that answers later than the first just goes on', async () => {
  const app = await buildTestApp()
  const { browser, attempt, reply } = await atTheQuestions(app)
  const [name, value] = [...browser.cookies].find(([key]) => key.endsWith(attempt))!
  const fields = { attempt, age: 'adult', makers: 'yes' }
  await reply(fields)
  browser.cookies.set(name, value)
  app.clock.at += 5 * minute
  expect((await reply(fields)).statusCode).toBe(303)
  expect((await browser.get('/')).body).toContain('You are signed in as Ada.')
})

test('a new policy asks again: at the next sign-in, before the extension is connected, and before anything is made', async () => {
  const app = await buildTestApp()
  const browser = createBrowser(app)
  await browser.signIn()
  const [{ id }] = (await rows(app)) as [{ id: string }]
  expect(await app.identity.refusal(id)).toBeNull()
  app.policy.version = '2027-01-01'
  expect(await app.identity.refusal(id)).toBe('consent_needed')

  const secret = 'S'.repeat(43)
  const asked = {
    state: secret,
    code_challenge: secret,
    code_challenge_method: 'S256',
    extension_id: 'abcdefghijklmnop'.repeat(2),
  }
  const connect = `/extension/connect?${new URLSearchParams(asked)}`
  const { headers } = await browser.get(connect)
  expect(headers.location).toBe(`/consent?${new URLSearchParams({ next: connect })}`)
  const form_token = fieldOf((await browser.get('/account')).body, 'form_token')
  expect((await browser.post('/extension/connect', { ...asked, form_token })).headers.location).toContain('/consent?')

  const stranger = createBrowser(app)
  const authorize = (await stranger.get('/sign-in')).headers.location as string
  const account = fieldOf((await stranger.get(authorize)).body, 'account')
  const callback = (await stranger.post(authorize, { account })).headers.location as string
  const { location } = (await stranger.get(callback)).headers
  const { body } = await stranger.get(location as string)
  expect(body).toContain('Our policy has changed')
  expect(body).not.toContain('nothing about you is stored')
  const young = await stranger.post('/welcome', { attempt: fieldOf(body, 'attempt'), age: 'under_13' })
  expect(young.body).toContain('signed out everywhere')
  expect(await app.identity.signIns(id)).toEqual([])
})

test('who is signed in answers again on a page of their own, and is led back', async () => {
  const app = await buildTestApp()
  const browser = createBrowser(app)
  await browser.signIn()
  const [{ id }] = (await rows(app)) as [{ id: string }]
  expect((await browser.get('/consent?next=/account')).headers.location).toBe('/account')
  app.policy.version = '2027-01-01'
  const page = await browser.get('/consent?next=%2Faccount%3Fx')
  expect(page.body).toContain('Our policy has changed')
  const fields = { next: '/account?x', form_token: fieldOf(page.body, 'form_token') }
  expect((await browser.post('/consent', { ...fields, age: 'adult' })).body).toContain('Please tick this box')
  expect(await app.identity.refusal(id)).toBe('consent_needed')
  const done = await browser.post('/consent', { ...fields, age: 'adult', makers: 'yes' })
  expect([done.statusCode, done.headers.location]).toEqual([303, '/account?x'])
  expect(await app.identity.refusal(id)).toBeNull()
  expect((await browser.get('/consent')).body).toContain('Go back to the panel')
  expect(await consents(app)).toHaveLength(4)
})

test('somebody who turns out to be under 13 is signed out everywhere, and stays out', async () => {
  const app = await buildTestApp()
  const browser = createBrowser(app)
  await browser.signIn()
  const [{ id }] = (await rows(app)) as [{ id: string }]
  app.policy.version = '2027-01-01'
  const form_token = fieldOf((await browser.get('/consent')).body, 'form_token')
  expect((await browser.post('/consent', { form_token, age: 'under_13' })).statusCode).toBe(200)
  expect(browser.cookies.size).toBe(0)
  expect(await app.identity.signIns(id)).toEqual([])
  app.policy.version = '2026-11-21'
  expect(await app.identity.refusal(id)).toBe('consent_needed')
})

test('who is not signed in is sent to sign in first, and comes back to the questions', async () => {
  const browser = createBrowser(await buildTestApp())
  const { headers } = await browser.get('/consent')
  expect(headers.location).toBe('/sign-in?next=%2Fconsent')
})

test('what was answered cannot be changed or deleted afterwards', async () => {
  const app = await buildTestApp()
  await app.identity.admit({ subject: 'one', ...ada }, 'adult', visit)
  const { database } = app
  await expect(database.write(trx => trx.updateTable('consent').set({ answer: 'no' }).execute())).rejects.toThrow()
  await expect(database.write(trx => trx.deleteFrom('consent').execute())).rejects.toThrow()
})
