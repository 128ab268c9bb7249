import { expect, onTestFinished, test } from 'vitest'
import { readConfig } from '../config/config.ts'
import type { Checkout } from '../contract/billing.ts'
import { fieldOf } from '../identity/test/browser.ts'
import { openEvents } from '../test/event-reader.ts'
import { type Deliver, startFakeStripe } from '../test/fakes/stripe.ts'
import { payer } from '../test/fakes/stripe-objects.ts'
import { signIn, wholeApp } from '../test/whole-app.ts'

const secretKey = 'sk_test_canary-key'
const webhookSecret = 'whsec_canary-secret'

/** The whole backend selling through a Stripe on this machine. */
async function setUp() {
  const fake = await startFakeStripe({ secretKey, webhookSecret })
  onTestFinished(() => fake.close())
  const env = { STRIPE_SECRET_KEY: secretKey, STRIPE_WEBHOOK_SECRET: webhookSecret, STRIPE_API_BASE: fake.url }
  const whole = await wholeApp({ env })
  const ada = await signIn(whole.app, { name: 'Ada', email: 'ada@example.test' })
  const deliver: Deliver = async (payload, signature) => {
    const headers = { 'content-type': 'application/json', 'stripe-signature': signature }
    return (await whole.app.inject({ method: 'POST', url: '/v1/webhooks/stripe', headers, payload })).statusCode
  }
  const api = (method: 'GET' | 'POST', url: string, payload?: object) =>
    whole.app.inject({ method, url, headers: ada.headers, ...(payload && { payload }) })
  return { ...whole, fake, ada, api, deliver }
}

test('buying through Stripe with the whole backend; nothing of it is in the log', async () => {
  const { app, fake, api, deliver, log, file } = await setUp()
  const request = { pack: 's', currency: 'jpy', language: 'ja' }
  const { purchase, url } = (await api('POST', '/v1/purchases', request)).json<Checkout>()
  expect(url).toMatch(/^https:\/\/checkout\.stripe\.test\//)
  expect((await app.inject('/test-checkout')).statusCode).toBe(404)
  const [session] = fake.payments.keys()
  fake.pay(session!)
  expect(await fake.flush(deliver)).toBe(0)
  expect((await api('GET', '/v1/balance')).json()).toMatchObject({ paid: 500 })
  expect((await api('GET', `/v1/purchases/${purchase.id}/receipt`)).json().url).toContain('receipts')
  await app.inject({ method: 'POST', url: '/v1/webhooks/stripe', payload: { id: payer.email } })
  const stranger = structuredClone(fake.events[0]!)
  Object.assign(stranger.data.object, { client_reference_id: payer.email })
  await fake.send(stranger, deliver)
  fake.play(reply => reply.code(500).send({ error: { message: payer.email } }))
  await api('POST', `/v1/purchases/${purchase.id}/refund`)
  await app.close()

  const needles = [payer.email, payer.name, secretKey, webhookSecret, purchase.id, session!, file.slice(-40, -11)]
  for (const needle of needles) expect([needle, log.filter(line => line.includes(needle))]).toEqual([needle, []])
  expect(log.filter(line => line.includes('alarm: ')).length).toBeGreaterThan(1)
})

test('open panels hear of a payment at once', async () => {
  const { app, fake, ada, api, deliver } = await setUp()
  await api('POST', '/v1/purchases', { pack: 's', currency: 'usd', language: 'en' })
  const stream = await openEvents(app, ada.headers)
  fake.pay([...fake.payments.keys()][0]!)
  await fake.flush(deliver)
  expect((await stream.read(1)).map(({ event }) => event)).toContain('balance')
})

test("[P30] paying happens on Stripe's own page: ours bring no script, no frame and no cookie of Stripe", async () => {
  const { ada } = await setUp()
  const { browser } = ada
  const before = [...browser.cookies.keys()]
  const page = await browser.get('/credits')
  const form = { form_token: fieldOf(page.body, 'form_token'), pack: 's', currency: 'usd' }
  const paying = await browser.post('/credits/buy', form)
  expect(paying.headers.refresh).toMatch(/^0; url=https:\/\/checkout\.stripe\.test\//)
  for (const { body, headers } of [page, paying]) {
    expect(body).not.toMatch(/<script|<iframe|js\.stripe\.com/)
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    )
  }
  expect([...browser.cookies.keys()]).toEqual(before)
})

test('[C63d] a notification of the other mode gives nothing and is an alarm', async () => {
  const { fake, api, deliver, log } = await setUp()
  await api('POST', '/v1/purchases', { pack: 's', currency: 'usd', language: 'en' })
  fake.pay([...fake.payments.keys()][0]!)
  await fake.send({ ...fake.events[0]!, livemode: true }, deliver)
  expect((await api('GET', '/v1/balance')).json()).toMatchObject({ paid: 0 })
  expect(log.some(line => line.includes('the other mode'))).toBe(true)
})

const production = {
  NODE_ENV: 'production',
  ORIGIN: 'https://mimicit.test',
  EXTENSION_IDS: 'a'.repeat(32),
  MASTER_KEY: Buffer.alloc(32).toString('base64'),
  GOOGLE_CLIENT_ID: 'id',
  GOOGLE_CLIENT_SECRET: 'secret',
  OPERATOR_FILE: 'operator.json',
}
test.each<[string, Record<string, string>]>([
  ['STRIPE_WEBHOOK_SECRET', { STRIPE_SECRET_KEY: 'sk_test_1' }],
  ['STRIPE_SECRET_KEY', { STRIPE_SECRET_KEY: 'sk_live_1', STRIPE_WEBHOOK_SECRET: 'w' }],
  ['STRIPE_SECRET_KEY', { ...production, STRIPE_SECRET_KEY: 'sk_test_1', STRIPE_WEBHOOK_SECRET: 'w' }],
  [
    'STRIPE_API_BASE',
    { ...production, STRIPE_SECRET_KEY: 'sk_live_1', STRIPE_WEBHOOK_SECRET: 'w', STRIPE_API_BASE: 'http://x.test' },
  ],
  [
    'STRIPE_API_BASE',
    { STRIPE_SECRET_KEY: 'sk_test_1', STRIPE_WEBHOOK_SECRET: 'w', STRIPE_API_BASE: 'http://x.test/v1' },
  ],
  ['OPERATOR_FILE', { ...production, STRIPE_SECRET_KEY: 'sk_live_1', STRIPE_WEBHOOK_SECRET: 'w', OPERATOR_FILE: '' }],
])('[C60e] it does not start when %s is missing or does not fit, and does not say its value', (name, env) => {
  const start = () => readConfig(env)
  expect(start).toThrow(name)
  expect(start).not.toThrow(/_1|x\.test/)
})

test('with all of it production sells', () => {
  const env = { ...production, STRIPE_SECRET_KEY: 'rk_live_1', STRIPE_WEBHOOK_SECRET: 'w' }
  expect(readConfig(env).stripe).toEqual({
    secretKey: 'rk_live_1',
    webhookSecret: 'w',
    baseUrl: 'https://api.stripe.com',
  })
})
