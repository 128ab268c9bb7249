import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { audit } from '../../ledger/audit.ts'
import { needsContracts } from '../../test/fakes/contracts.ts'
import { type StripeWorld, stripeWorld } from '../../test/stripe-world.ts'

let world: StripeWorld
let ada: string
beforeEach(async () => {
  world = await stripeWorld()
  ada = await world.person(10)
})
afterEach(async () => {
  expect(await audit(world.database.read)).toEqual([])
  expect(world.fake.violations).toEqual([])
})

const statusOf = (id: string) =>
  world.database.read.selectFrom('purchase').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
const paidCredits = async () => (await world.balance(ada)).paid

describe('opening a checkout', () => {
  test(`[P51] it sends the offer and random ids, and nothing else about the person${needsContracts}`, async () => {
    const { id, session } = await world.order(ada, 'm', 'usd')
    const [request] = world.fake.seen
    const form = Object.fromEntries(new URLSearchParams(request!.body.toString()))
    expect(form).toEqual({
      mode: 'payment',
      ui_mode: 'hosted_page',
      locale: 'ja',
      client_reference_id: id,
      ...Object.fromEntries(
        ['metadata', 'payment_intent_data[metadata]'].flatMap(where => [
          [`${where}[purchase]`, id],
          [`${where}[account]`, ada],
          [`${where}[pack]`, 'm'],
          [`${where}[credits]`, '1100'],
          [`${where}[amount]`, '1000'],
        ]),
      ),
      'line_items[0][quantity]': '1',
      'line_items[0][price_data][currency]': 'usd',
      'line_items[0][price_data][unit_amount]': '1000',
      'line_items[0][price_data][tax_behavior]': 'inclusive',
      'line_items[0][price_data][product_data][name]': '500 credits',
      'adaptive_pricing[enabled]': 'false',
      success_url: 'https://mimicit.test/credits/done',
      cancel_url: 'https://mimicit.test/credits',
      expires_at: String(world.clock.now() / 1000 + 3600),
    })
    expect(request!.headers['stripe-version']).toBe('2026-10-28.endive')
    expect(request!.headers['idempotency-key']).toBe(`open:${id}`)
    expect(request!.headers['x-stripe-client-telemetry']).toBeUndefined()
    expect(await statusOf(id)).toMatchObject({
      status: 'open',
      checkout_session: session,
      amount_minor: 1000,
      credits: 1100,
    })
  })

  test('asked twice for one purchase, Stripe opens one page; for the same with other words it refuses', async () => {
    const { id } = await world.order(ada)
    const purchase = await statusOf(id)
    const page = {
      language: 'ja' as const,
      product: '500 credits',
      doneUrl: 'https://mimicit.test/credits/done',
      cancelUrl: 'https://mimicit.test/credits',
    }
    expect((await world.payments.open(purchase, page)).session).toBe(purchase.checkout_session)
    await expect(world.payments.open(purchase, { ...page, product: 'more' })).rejects.toMatchObject({
      code: 'payments_unavailable',
    })
    expect(world.fake.payments.size).toBe(1)
  })

  test('nobody opens more than 20 payment pages at once; what expired makes room', async () => {
    for (let count = 0; count < 20; count++) await world.order(ada)
    await expect(world.order(ada)).rejects.toMatchObject({ code: 'too_many_requests' })
    const bob = await world.person()
    await world.order(bob)
    world.clock.advance(3600_000)
    await world.order(ada)
  })

  test('a pack that is not sold is refused before anything is asked', async () => {
    await expect(world.order(ada, 'xxl')).rejects.toMatchObject({ code: 'pack_unknown' })
    expect(world.fake.seen).toEqual([])
  })

  test.each([
    ['a 404 without a word of an error', 404, { message: 'Not Found' }],
    ['something else than was asked for', 200, { object: 'list', data: [] }],
    ['an object without an id', 200, { object: 'checkout.session' }],
    ['an error of its own', 500, { error: { type: 'api_error' } }],
    ['a page that is no JSON', 200, '<html>'],
    ['no access', 401, { error: { type: 'invalid_request_error' } }],
  ])('Stripe answers with %s: no page, no session, nothing charged', async (_, status, body) => {
    world.fake.play(reply => reply.code(status).send(body))
    await expect(world.order(ada)).rejects.toMatchObject({ code: 'payments_unavailable' })
    const purchases = await world.database.read.selectFrom('purchase').selectAll().execute()
    expect(purchases).toEqual([expect.objectContaining({ status: 'new', checkout_session: null })])
  })
})

describe('paying', () => {
  test('a card: credits once the money is there, and the person hears of it', async () => {
    const { id, session } = await world.order(ada)
    world.fake.decline(session)
    await world.flush()
    expect(await paidCredits()).toBe(0)
    world.fake.pay(session)
    expect(await world.flush()).toBe(0)
    expect(await world.balance(ada)).toEqual({ available: 510, free: 10, paid: 500, held: 0 })
    expect(await statusOf(id)).toMatchObject({ status: 'paid', paid_at: world.clock.now() })
    expect(world.balances.at(-1)).toBe(ada)
  })

  test('[C63b] a convenience store: nothing while the money is on its way', async () => {
    const { id, session } = await world.order(ada)
    world.fake.konbini(session)
    await world.flush()
    expect(await paidCredits()).toBe(0)
    expect((await statusOf(id)).status).toBe('pending')
    world.fake.konbiniPaid(session)
    await world.flush()
    expect(await paidCredits()).toBe(500)
  })

  test('[C63a] a convenience store where nobody paid: no credits', async () => {
    const { id, session } = await world.order(ada)
    world.fake.konbini(session)
    world.fake.konbiniRunsOut(session)
    await world.flush()
    expect((await statusOf(id)).status).toBe('failed')
    expect(await paidCredits()).toBe(0)
  })

  test('a page that was left expires', async () => {
    const { id, session } = await world.order(ada)
    world.fake.expire(session)
    await world.flush()
    expect((await statusOf(id)).status).toBe('expired')
  })

  test('[C61] an event twice, ten times at once, and again after 3 days gives its credits once', async () => {
    const { session } = await world.order(ada)
    world.fake.pay(session)
    const [event] = world.fake.events
    await world.fake.send(event!, world.deliver)
    await world.fake.send(event!, world.deliver)
    await Promise.all(Array.from({ length: 10 }, () => world.fake.send(event!, world.deliver)))
    world.clock.advance(3 * 24 * 3600_000)
    expect(await world.fake.send(event!, world.deliver)).toBe(200)
    expect(await paidCredits()).toBe(500)
  })

  test('[C65] the answer to a notification is lost after the commit: sent again, it does nothing', async () => {
    const { session } = await world.order(ada)
    world.fake.pay(session)
    const left = await world.fake.flush(async (body, signature) => {
      await world.deliver(body, signature)
      throw new Error('connection reset')
    })
    expect(left).toBe(1)
    expect(await world.flush()).toBe(0)
    expect(await paidCredits()).toBe(500)
  })

  test('what a page says counts for nothing: only Stripe is believed', async () => {
    const { id, session } = await world.order(ada)
    expect((await world.billing.refresh(ada, id)).status).toBe('open')
    expect(await paidCredits()).toBe(0)
    world.fake.pay(session)
    expect((await world.billing.refresh(ada, id)).status).toBe('paid')
    await world.billing.refresh(ada, id)
    await world.flush()
    expect(await paidCredits()).toBe(500)
  })

  test('somebody else cannot even ask', async () => {
    const { id } = await world.order(ada)
    const bob = await world.person()
    for (const ask of [world.billing.refresh, world.billing.refund, world.billing.receipt])
      await expect(ask(bob, id)).rejects.toMatchObject({ code: 'not_found' })
  })
})
