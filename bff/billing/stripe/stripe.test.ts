import { readFileSync } from 'node:fs'
import { CompiledQuery } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { audit } from '../../credits/audit.ts'
import { needsContracts } from '../../test/fakes/contracts.ts'
import { payer } from '../../test/fakes/stripe-objects.ts'
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
  test(`[P51] [R9] it sends the offer and random ids, and nothing about the person${needsContracts}`, async () => {
    const { id, session } = await world.order(ada, 'm', 'usd')
    const [request] = world.fake.seen
    const form = Object.fromEntries(new URLSearchParams(request!.body.toString()))
    expect(form).toEqual({
      mode: 'payment',
      ui_mode: 'hosted_page',
      locale: 'ja',
      client_reference_id: id,
      'metadata[purchase]': id,
      'payment_intent_data[metadata][purchase]': id,
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
    expect(JSON.stringify(form)).not.toContain(ada)
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

  test('[C66] what a page says counts for nothing: only Stripe is believed', async () => {
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

describe('[C63] payments that do not fit', () => {
  const changed = async (change: (session: Record<string, unknown>) => void, event: object = {}) => {
    const { session } = await world.order(ada)
    world.fake.pay(session)
    const original = structuredClone(world.fake.events.at(-1)!)
    change(original.data.object as unknown as Record<string, unknown>)
    expect(await world.fake.send({ ...original, ...event }, world.deliver)).toBe(200)
    expect(await paidCredits()).toBe(0)
    expect(world.alarms).toHaveLength(1)
    return world.alarms[0]
  }
  test('[C63c] another amount', async () =>
    expect(await changed(session => Object.assign(session, { amount_total: 1 }))).toContain('amount'))
  test('[C63c] another currency', async () =>
    expect(await changed(session => Object.assign(session, { currency: 'usd' }))).toContain('currency'))
  test('[C63d] the other mode', async () => expect(await changed(() => {}, { livemode: true })).toContain('mode'))
  test('[C63e] a purchase nobody made', async () =>
    expect(await changed(session => Object.assign(session, { client_reference_id: 'nobody' }))).toContain(
      'does not exist',
    ))
  test('[C63e] no purchase at all', async () =>
    expect(await changed(session => Object.assign(session, { client_reference_id: null }))).toContain('does not exist'))
  test('another session than the one that was opened', async () =>
    expect(await changed(session => Object.assign(session, { id: 'cs_other' }))).toContain('another checkout session'))
  test('paid without a payment', async () =>
    expect(await changed(session => Object.assign(session, { payment_intent: null }))).toContain('no payment intent'))
})

describe('[C60] notifications', () => {
  const body = JSON.stringify({
    id: 'evt_1',
    object: 'event',
    type: 'refund.created',
    livemode: false,
    data: { object: {} },
  })
  const seconds = () => Math.floor(world.clock.now() / 1000)
  const expectRefused = async (text: string, signature?: string) => {
    const answer = await world.post(text, signature)
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'webhook_refused'])
  }
  test('[C60a] no signature, or nonsense for one', async () => {
    await expectRefused(body)
    await expectRefused(body, '')
    await expectRefused(body, 't=1,v1=00')
    await expectRefused(body, `t=${seconds()},v1=`)
  })
  test('[C60b] one byte changed', () => expectRefused(body.replace('evt_1', 'evt_2'), world.fake.sign(body)))
  test('[C60c] 301 seconds old, or from a time to come', async () => {
    await expectRefused(body, world.fake.sign(body, { timestamp: seconds() - 301 }))
    await expectRefused(body, world.fake.sign(body, { timestamp: seconds() + 301 }))
    expect((await world.post(body, world.fake.sign(body, { timestamp: seconds() - 299 }))).statusCode).toBe(200)
  })
  test('[C60d] signed with the secret of another endpoint', () =>
    expectRefused(body, world.fake.sign(body, { secret: 'whsec_other' })))
  test('a signed body that is no JSON', () => expectRefused('{', world.fake.sign('{')))
  test('an event that is not about money is taken and forgotten', async () => {
    const other = JSON.stringify({
      id: 'evt_2',
      object: 'event',
      type: 'plan.created',
      livemode: false,
      data: { object: {} },
    })
    expect((await world.post(other, world.fake.sign(other))).json()).toEqual({ received: true })
  })
})

describe('refunds', () => {
  const bought = async (pack = 's') => {
    const order = await world.order(ada, pack)
    world.fake.pay(order.session)
    await world.flush()
    return order
  }

  test('[C64] three part refunds: the credits of what is left, to the credit', async () => {
    const { session } = await bought()
    for (const [yen, left] of [
      [100, 434],
      [100, 367],
      [550, 0],
    ] as const) {
      world.fake.refund(session, yen)
      await world.flush()
      expect(await paidCredits()).toBe(left)
    }
  })

  test('[C64] a dispute takes when it opens, gives back when won, and a refund after it counts alone', async () => {
    const { session } = await bought()
    const dispute = world.fake.dispute(session)
    await world.flush()
    expect(await paidCredits()).toBe(0)
    world.fake.winDispute(dispute)
    await world.flush()
    expect(await paidCredits()).toBe(500)
    world.fake.refund(session, 375)
    await world.flush()
    expect(await paidCredits()).toBe(250)
  })

  test('[C64] a lost dispute takes nothing more', async () => {
    const { session } = await bought()
    world.fake.loseDispute(world.fake.dispute(session))
    await world.flush()
    expect(await paidCredits()).toBe(0)
  })

  test('what has been spent becomes a debt, and the next pack pays it', async () => {
    const { session } = await bought()
    await world.spend(ada, 310)
    world.fake.refund(session, 750)
    await world.flush()
    expect(await world.balance(ada)).toEqual({ available: 0, free: 0, paid: 0, held: 0 })
    await bought('m')
    expect(await world.balance(ada)).toEqual({ available: 800, free: 0, paid: 800, held: 0 })
  })

  test('the person gives an unused pack back: the credits go at once, the money follows once', async () => {
    const { id, session } = await bought()
    const refund = () => world.billing.refund(ada, id)
    await refund()
    expect(await paidCredits()).toBe(0)
    await expect(refund()).rejects.toMatchObject({ code: 'not_refundable' })
    await world.flush()
    expect(await paidCredits()).toBe(0)
    const payment = world.fake.payments.get(session)!
    expect(payment.refunds.map(({ amount, metadata }) => [amount, metadata])).toEqual([[750, { purchase: id }]])
    expect(world.fake.seen.at(-1)!.headers['idempotency-key']).toBe(`refund:${id}`)
  })

  test('a refund at Stripe that fails later gives the credits back', async () => {
    const { id, session } = await bought()
    await world.billing.refund(ada, id)
    const payment = world.fake.payments.get(session)!
    world.fake.failRefund(session, payment.refunds[0]!)
    await world.flush()
    expect(await paidCredits()).toBe(500)
  })

  test('Stripe refuses the refund: the credits come back, and the person is told', async () => {
    const { id } = await bought()
    world.fake.play(reply => reply.code(400).send({ error: { type: 'invalid_request_error', message: 'no' } }))
    await expect(world.billing.refund(ada, id)).rejects.toMatchObject({ code: 'not_refundable' })
    expect(await paidCredits()).toBe(500)
  })

  test('the answer of Stripe is lost: the credits stay away, and the sweep finds out what became of it', async () => {
    const { id, session } = await bought()
    world.fake.play(reply => reply.code(500).send({ error: { type: 'api_error' } }))
    await expect(world.billing.refund(ada, id)).rejects.toMatchObject({ code: 'payments_unavailable' })
    expect(await paidCredits()).toBe(0)
    world.fake.play(null)
    await world.billing.sweep()
    await world.billing.sweep()
    expect(world.fake.payments.get(session)!.refunds).toHaveLength(1)
    expect(await paidCredits()).toBe(0)
  })

  test.each<[string, (order: { session: string }) => unknown]>([
    ['after 14 days', () => world.clock.advance(14 * 24 * 3600_000 + 1)],
    ['when a credit of it is used', () => world.spend(ada, 11)],
    ['when a part was refunded already', ({ session }) => void world.fake.refund(session, 1)],
    ['while it is disputed', ({ session }) => void world.fake.dispute(session)],
  ])('no refund %s', async (_, change) => {
    const order = await bought()
    await change(order)
    await world.flush()
    const before = await paidCredits()
    await expect(world.billing.refund(ada, order.id)).rejects.toMatchObject({ code: 'not_refundable' })
    expect(await paidCredits()).toBe(before)
  })

  test('free credits are used first, and of packs the oldest: the newer one stays refundable', async () => {
    const older = await bought()
    world.clock.advance(1000)
    const newer = await bought('m')
    await world.spend(ada, 10)
    await world.spend(ada, 500)
    await expect(world.billing.refund(ada, older.id)).rejects.toMatchObject({ code: 'not_refundable' })
    await world.billing.refund(ada, newer.id)
    expect(await paidCredits()).toBe(0)
  })

  test('20 presses at once and a job among them: the money goes back once, or the credits are spent, never both', async () => {
    const { id, session } = await bought()
    const presses = Array.from({ length: 20 }, () => world.billing.refund(ada, id))
    const [job, ...others] = await Promise.allSettled([world.spend(ada, 100), ...presses])
    const returned = others.filter(({ status }) => status === 'fulfilled').length
    const spent = job.status === 'fulfilled' ? 1 : 0
    expect(returned + spent).toBe(1)
    expect(world.fake.payments.get(session)!.refunds).toHaveLength(returned)
    expect(await paidCredits()).toBe(spent * 410)
  })
})

describe('[C73] the sweep', () => {
  test('lost notifications are found in the list of events, page after page', async () => {
    const orders = []
    for (let count = 0; count < 60; count++) orders.push(await world.order(ada))
    for (const { session } of orders) world.fake.pay(session)
    for (const { session } of orders) world.fake.refund(session, 75)
    world.fake.lose()
    await world.billing.sweep()
    expect(await paidCredits()).toBe(60 * 450)
    const asked = world.fake.seen.filter(({ path }) => path.startsWith('/v1/events')).length
    expect(asked).toBe(2)
    await world.flush()
    await world.billing.sweep()
    expect(await paidCredits()).toBe(60 * 450)
  })

  test('it begins where it ended, and after a failure where it began', async () => {
    const sinceOf = () =>
      Number(new URLSearchParams(world.fake.seen.at(-1)!.path.split('?')[1]).get('created[gte]')) * 1000
    const start = world.clock.now()
    await world.billing.sweep()
    expect(sinceOf()).toBe(start - 29 * 24 * 3600_000)
    world.clock.advance(24 * 3600_000)
    world.fake.play(reply => reply.code(500).send({ error: { type: 'api_error' } }))
    await expect(world.billing.sweep()).rejects.toMatchObject({ code: 'payments_unavailable' })
    world.fake.play(null)
    await world.billing.sweep()
    expect(sinceOf()).toBe(start - 3600_000)
  })
})

describe('what is kept', () => {
  test('[P40] [P41] [R27] of a whole life of payments: ids, amount, currency, pack, status and times, no payer', async () => {
    const { session } = await world.order(ada)
    world.fake.pay(session)
    await world.flush()
    world.fake.winDispute(world.fake.dispute(session))
    world.fake.refund(session, 100)
    await world.flush()
    await world.billing.sweep()
    await world.database.write(trx => trx.executeQuery(CompiledQuery.raw('select 1')))
    const bytes = Buffer.concat(['', '-wal'].map(end => readFileSync(world.file + end)))
    for (const secret of [payer.email, payer.name, payer.postcode]) expect(bytes.includes(secret)).toBe(false)
    const columns = async (table: string) => {
      const { rows } = await world.database.read.executeQuery<{ name: string }>(
        CompiledQuery.raw(`pragma table_info(${table})`),
      )
      return rows.map(({ name }) => name)
    }
    expect(await columns('purchase')).toEqual([
      'id',
      'person_id',
      'pack',
      'currency',
      'amount_minor',
      'credits',
      'checkout_session',
      'payment_intent',
      'status',
      'created_at',
      'expires_at',
      'paid_at',
    ])
    expect(await columns('payment_fact')).toEqual(['ref', 'payment_intent', 'kind', 'state', 'amount_minor', 'at'])
  })

  test('the receipt stays with Stripe and is asked for when it is wanted', async () => {
    const { id, session } = await world.order(ada)
    expect(await world.billing.receipt(ada, id)).toBe(null)
    world.fake.pay(session)
    await world.flush()
    expect(await world.billing.receipt(ada, id)).toBe(world.fake.payments.get(session)!.charge!.receipt_url)
  })
})
