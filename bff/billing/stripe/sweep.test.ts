import { readFileSync } from 'node:fs'
import { CompiledQuery } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { audit } from '../../credits/audit.ts'
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

const paidCredits = async () => (await world.balance(ada)).paid

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
