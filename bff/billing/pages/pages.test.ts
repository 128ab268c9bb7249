import { expect, test } from 'vitest'
import { developmentExtensionId } from '../../config/config.ts'
import type { Checkout } from '../../contract/billing.ts'
import type { Statement, StatementLine } from '../../contract/credits.ts'
import { fieldOf } from '../../identity/test/browser.ts'
import { signIn, wholeApp } from '../../test/whole-app.ts'
import { en } from '../../web/locales/en.ts'
import { ja } from '../../web/locales/ja.ts'

const ada = { name: 'Ada', email: 'ada@example.test' }

/** The whole backend on its embedded defaults, with Ada signed in on the web and in the extension. */
async function setUp(env: Record<string, string> = {}) {
  const whole = await wholeApp({ env })
  const person = await signIn(whole.app, ada)
  const { browser, headers } = person
  const formOf = async () => fieldOf((await browser.get('/credits')).body, 'form_token')
  const api = (method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) =>
    whole.app.inject({ method, url, headers, ...(payload && { payload }) })

  return {
    ...whole,
    ...person,
    api,
    formOf,
    /** Presses "buy" on the page; answers the purchase's id. */
    async buy(currency = 'jpy', pack = 's') {
      const paying = await browser.post('/credits/buy', { form_token: await formOf(), pack, currency })
      expect(paying.headers.refresh).toMatch(/^0; url=http:\/\/localhost:8787\/test-checkout\?purchase=/)
      return /purchase=([0-9a-f-]{36})/.exec(paying.body)![1]!
    },
    pay: (purchase: string, deed: string) => browser.post('/test-checkout', { purchase, deed }),
    balance: async () => (await api('GET', '/v1/balance')).json(),
    state: async (id: string) => (await api('GET', `/v1/purchases/${id}`)).json().state,
  }
}

test('buying on the web: page, test checkout clearly marked, credits, statement', async () => {
  const { browser, buy, pay, balance, state } = await setUp()
  const page = (await browser.get('/credits')).body
  expect(page).toContain(en['packs.test'])
  expect(page).toContain('500 credits for $5.00')
  expect(page).toContain('500 credits for ¥750')
  const id = await buy()
  expect((await browser.get(`/test-checkout?purchase=${id}`)).body).toContain(en['test.mark'])
  expect((await pay(id, 'decline')).body).toContain(en['test.declined'])
  expect(await state(id)).toBe('open')
  const paid = await pay(id, 'pay')
  expect(paid.headers.location).toBe(`http://localhost:8787/credits/done?purchase=${id}`)
  expect((await browser.get(paid.headers.location as string)).body).toContain(en['purchase.paid.text'])
  expect(await balance()).toEqual({ available: 550, free: 50, paid: 500, held: 0 })
  const statement = (await browser.get('/credits/statement')).body
  expect(statement).toContain('+500')
  expect(statement).toContain('+50')
})

test('a convenience store that is paid later, one that lapses, a page that expires; a dollar has no such store', async () => {
  const { buy, pay, balance, state, browser } = await setUp()
  const [later, lapsed, expired, dollars] = [await buy(), await buy(), await buy(), await buy('usd')]
  await pay(later, 'konbini')
  await pay(lapsed, 'konbini')
  await pay(expired, 'expire')
  expect([await state(later), await state(lapsed), await state(expired)]).toEqual(['pending', 'pending', 'expired'])
  expect((await balance()).paid).toBe(0)
  await pay(later, 'konbini.paid')
  await pay(lapsed, 'konbini.lapse')
  expect([await state(later), await state(lapsed)]).toEqual(['paid', 'failed'])
  expect((await balance()).paid).toBe(500)
  const page = (await browser.get(`/test-checkout?purchase=${dollars}`)).body
  expect(page).toContain('value="pay"')
  expect(page).not.toContain('value="konbini"')
})

test('what is over cannot be paid, and what is paid cannot be paid again', async () => {
  const { buy, pay, balance } = await setUp()
  const [expired, paid] = [await buy(), await buy()]
  await pay(expired, 'expire')
  await pay(expired, 'pay')
  await Promise.all([pay(paid, 'pay'), pay(paid, 'pay'), pay(paid, 'pay')])
  expect((await balance()).paid).toBe(500)
})

test('[C66] the page a payment leads back to grants nothing', async () => {
  const { browser, buy, balance, state } = await setUp()
  const id = await buy()
  expect((await browser.get(`/credits/done?purchase=${id}`)).body).toContain(en['purchase.open.text'])
  const form_token = fieldOf((await browser.get('/credits')).body, 'form_token')
  await browser.post('/credits/check', { form_token, purchase: id })
  expect([await state(id), (await balance()).paid]).toEqual(['open', 0])
})

test('an unused pack is given back on its page; afterwards the page says so and offers it no more', async () => {
  const { browser, buy, pay, formOf, balance } = await setUp()
  const id = await buy('usd')
  await pay(id, 'pay')
  expect((await browser.get(`/credits/done?purchase=${id}`)).body).toContain('Refund $5.00')
  const form = { form_token: await formOf(), purchase: id }
  await browser.post('/credits/refund', form)
  const page = (await browser.get(`/credits/done?purchase=${id}`)).body
  expect(page).toContain(en['purchase.refunded.text'])
  expect(page).not.toContain('/credits/refund')
  expect((await balance()).paid).toBe(0)
  const again = await browser.post('/credits/refund', form)
  expect([again.statusCode, again.body.includes(en['problem.not_refundable'])]).toEqual([409, true])
})

const forms = (body: string) => [...body.matchAll(/<form method="post" action="([^"]+)"/g)].map(([, action]) => action)
const links = (body: string) =>
  [...body.matchAll(/<a[^>]* href="(\/credits[^"]*)"/g)].map(([, href]) => href!.replaceAll('&amp;', '&'))

test('the page of a purchase offers what can be done with it: to look again, to get it back, the receipt', async () => {
  const { browser, buy, pay } = await setUp()
  const offers = async (id: string) => {
    const { body } = await browser.get(`/credits/done?purchase=${id}`)
    const main = body.slice(body.indexOf('<main>'))
    return [...forms(main), ...links(main).map(href => href.replace(id, 'ID'))]
  }
  const id = await buy()
  expect(await offers(id)).toEqual(['/credits/check', '/credits'])
  await pay(id, 'konbini')
  expect(await offers(id)).toEqual(['/credits/check', '/credits'])
  await pay(id, 'konbini.paid')
  expect(await offers(id)).toEqual(['/credits/refund', '/credits/receipt?purchase=ID', '/credits'])
  const lapsed = await buy()
  await pay(lapsed, 'expire')
  expect(await offers(lapsed)).toEqual(['/credits'])
})

test('the page of credits: each pack in both currencies, one of them suggested, and the limits as they are', async () => {
  const { browser, api } = await setUp()
  await api('PUT', '/v1/credits/limits', { perDay: 30, perMonth: null, askAbove: 7 })
  const { body } = await browser.get('/credits')
  const packs = body.slice(
    body.indexOf('<ul class="packs">'),
    body.indexOf('</ul>', body.indexOf('<ul class="packs">')),
  )
  expect(packs.match(/<li>/g)).toHaveLength(4)
  expect(forms(packs)).toHaveLength(8)
  expect(packs.split(en['packs.suggested'])).toHaveLength(2)
  expect(packs.indexOf(en['packs.suggested'])).toBeGreaterThan(packs.indexOf('1,100'))
  expect(packs.indexOf(en['packs.suggested'])).toBeLessThan(packs.indexOf('2,400'))
  const fields = [...body.matchAll(/<input name="(per_day|per_month|ask_above)"[^>]*value="(\d*)"/g)]
  expect(fields.map(([, name, value]) => [name, value])).toEqual([
    ['per_day', '30'],
    ['per_month', ''],
    ['ask_above', '7'],
  ])
})

test('the statement on the web: kinds to choose from, the chosen one marked, older lines and a file of the same', async () => {
  const { browser, buy, pay } = await setUp()
  await pay(await buy(), 'pay')
  const read = async (query = '') => {
    const { body } = await browser.get(`/credits/statement${query}`)
    const main = body.slice(body.indexOf('<main>'))
    return {
      links: links(main),
      here: /<b aria-current="page">([^<]*)</.exec(main)?.[1],
      rows: main.match(/<tr><td>/g)?.length ?? 0,
      main,
    }
  }
  const kinds = ['free', 'purchase', 'spent', 'returned', 'refund', 'dispute', 'restored']
  const of = (kind: string) => `/credits/statement?kind=${kind}`
  const all = await read()
  expect([all.here, all.rows]).toEqual([en['statement.all'], 2])
  expect(all.links.slice(0, 7)).toEqual(kinds.map(of))
  expect(all.links.slice(7)).toEqual(['/credits/statement.csv', '/credits'])
  const free = await read('?kind=free')
  expect([free.here, free.rows]).toEqual([en['kind.free'], 1])
  expect(free.links).toEqual([
    '/credits/statement',
    ...kinds.slice(1).map(of),
    '/credits/statement.csv?kind=free',
    '/credits',
  ])
  const none = await read('?kind=refund')
  expect([none.rows, none.main.includes(en['statement.none'])]).toEqual([0, true])
  const file = (await browser.get('/credits/statement.csv?kind=free')).body.trimEnd().split('\r\n')
  expect(file).toHaveLength(2)
})

test("somebody else's purchase looks like none, on the page and over the API", async () => {
  const { app, buy } = await setUp()
  const id = await buy()
  const bob = await signIn(app, { name: 'Bob', email: 'bob@example.test' })
  const page = await bob.browser.get(`/credits/done?purchase=${id}`)
  expect([page.statusCode, page.body.includes(en['purchase.unknown'])]).toEqual([404, true])
  for (const url of [`/v1/purchases/${id}`, `/v1/purchases/${id}/receipt`])
    expect((await app.inject({ url, headers: bob.headers })).statusCode).toBe(404)
})

test('limits are set on the page and over the API, hold for jobs, and nonsense changes nothing', async () => {
  const { browser, api, formOf } = await setUp()
  const form_token = await formOf()
  await browser.post('/credits/limits', { form_token, per_day: ' 30 ', per_month: '', ask_above: '7' })
  expect((await api('GET', '/v1/credits/limits')).json()).toEqual({
    perDay: 30,
    perMonth: null,
    askAbove: 7,
    usedDay: 0,
    usedMonth: 0,
  })
  for (const per_day of ['-1', '1.5', 'many', '1000001']) {
    const answer = await browser.post('/credits/limits', { form_token, per_day, per_month: '', ask_above: '' })
    expect([per_day, answer.statusCode]).toEqual([per_day, 400])
  }
  const put = { perDay: 0, perMonth: 5, askAbove: null }
  expect((await api('PUT', '/v1/credits/limits', put)).json()).toMatchObject(put)
  expect((await api('PUT', '/v1/credits/limits', { ...put, perDay: -1 })).statusCode).toBe(400)
  expect((await api('GET', '/v1/billing')).json().limits).toMatchObject(put)
})

test('the statement over the API: pages by cursor, kinds, CSV; a cursor is worth nothing to others or in another list', async () => {
  const { app, api, buy, pay } = await setUp()
  for (let count = 0; count < 4; count++) await pay(await buy(), 'pay')
  const read = async (query: string) => (await api('GET', `/v1/credits/statement?${query}`)).json<Statement>()
  const all: StatementLine[] = []
  let next: string | null = ''
  while (next !== null) {
    const page: Statement = await read(`limit=2${next && `&cursor=${next}`}`)
    all.push(...page.lines)
    next = page.next
  }
  expect(all.map(({ kind, credits }) => [kind, credits])).toEqual([...Array(4).fill(['purchase', 500]), ['free', 50]])
  expect((await read('kind=free')).lines).toEqual([all[4]])
  const { next: cursor } = await read('limit=2')
  expect((await api('GET', `/v1/credits/statement?kind=free&cursor=${cursor}`)).statusCode).toBe(400)
  const bob = await signIn(app, { name: 'Bob', email: 'bob@example.test' })
  const stolen = await app.inject({ url: `/v1/credits/statement?limit=2&cursor=${cursor}`, headers: bob.headers })
  expect([stolen.statusCode, stolen.json().code]).toEqual([400, 'invalid_cursor'])
  const csv = await api('GET', '/v1/credits/statement.csv')
  expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8')
  const rows = csv.body.trimEnd().split('\r\n')
  expect(rows[0]).toBe('time,kind,account,credits,returned,generation,purchase')
  expect(rows).toHaveLength(6)
  expect(rows[5]).toMatch(/^\d{4}-.*Z,free,free,50,0,,$/)
})

test('the API buys too, and lists what was bought', async () => {
  const { api, pay } = await setUp()
  const bought = await api('POST', '/v1/purchases', { pack: 'xl', currency: 'usd', language: 'ja' })
  expect(bought.statusCode).toBe(201)
  const { purchase, url } = bought.json<Checkout>()
  expect(purchase).toMatchObject({ pack: 'xl', credits: 6500, amountMinor: 5000, state: 'open', refundableUntil: null })
  expect(url).toContain(purchase.id)
  await pay(purchase.id, 'pay')
  const { purchases, next } = (await api('GET', '/v1/purchases')).json()
  expect(next).toBe(null)
  expect(purchases).toEqual([expect.objectContaining({ id: purchase.id, state: 'paid' })])
  expect(purchases[0].refundableUntil).toBe(purchases[0].paidAt + 14 * 24 * 3600_000)
  expect((await api('POST', '/v1/purchases', { pack: 'none', currency: 'usd', language: 'en' })).json().code).toBe(
    'pack_unknown',
  )
})

test('a paused account buys nothing, and still gets its money back', async () => {
  const { browser, formOf, buy, pay, balance } = await setUp()
  const id = await buy()
  await pay(id, 'pay')
  await browser.post('/account/pause', { form_token: await formOf() })
  const refused = await browser.post('/credits/buy', { form_token: await formOf(), pack: 's', currency: 'usd' })
  expect([refused.statusCode, refused.headers.location]).toEqual([303, '/account'])
  await browser.post('/credits/refund', { form_token: await formOf(), purchase: id })
  expect((await balance()).paid).toBe(0)
})

test('signed out, every page of billing leads to the sign-in and back', async () => {
  const { app } = await setUp()
  for (const path of ['/credits', '/credits/statement?kind=free']) {
    const answer = await app.inject({ url: path, headers: { host: 'localhost:8787' } })
    expect([answer.statusCode, answer.headers.location]).toEqual([
      303,
      `/sign-in?${new URLSearchParams({ next: path })}`,
    ])
  }
})

test('the pages the law asks for, in both languages, with all packs; a sample says that it is one', async () => {
  const { app } = await setUp()
  const read = async (path: string, language: string) =>
    (await app.inject({ url: path, headers: { host: 'localhost:8787', 'accept-language': language } })).body
  const commerce = await read('/legal/commerce', 'ja')
  for (const text of [ja['legal.commerce'], ja['legal.sample'], '￥750', '￥7,500', '$50.00', ja['legal.refunds.text']])
    expect(commerce).toContain(text)
  const prepaid = await read('/legal/prepaid', 'ja')
  for (const text of [ja['legal.prepaid'], '6,500', ja['legal.validity.text'], ja['legal.balance.text']])
    expect(prepaid).toContain(text)
  expect(await read('/legal/commerce', 'en')).toContain(en['legal.commerce'])
})

test('production without Stripe sells nothing, and has no test checkout', async () => {
  const { choosePaymentProvider } = await import('../choose-payment-provider.ts')
  const { createTestProvider } = await import('../test-checkout/provider.ts')
  const chosen = choosePaymentProvider({
    mode: 'production',
    stripe: null,
    origin: 'https://x.test',
    now: () => 0,
    onAlarm: () => {},
  })
  expect(chosen.provider.kind).toBe('none')
  await expect(chosen.provider.open({} as never, {} as never)).rejects.toMatchObject({ code: 'payments_unavailable' })
  expect(() => createTestProvider({ mode: 'production', origin: 'https://x.test' })).toThrow(
    'not available in production',
  )
})

test('only a purchase that moved credits has a script: it tells our extension so, and nothing else', async () => {
  const { browser, buy, pay } = await setUp()
  const id = await buy()
  const open = await browser.get(`/credits/done?purchase=${id}`)
  expect(open.body).not.toContain('<script')
  expect(open.headers['content-security-policy']).not.toContain('script-src')
  await pay(id, 'pay')
  const paid = await browser.get(`/credits/done?purchase=${id}`)
  const [, nonce] = /script-src 'nonce-([^']+)'/.exec(paid.headers['content-security-policy'] as string) ?? []
  expect(paid.body.match(/<script[^>]*>/g)).toEqual([
    `<script nonce="${nonce}" src="/assets/credits-updated.js" data-extensions="${developmentExtensionId}">`,
  ])
})
