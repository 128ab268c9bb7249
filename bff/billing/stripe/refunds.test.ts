import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { audit } from '../../ledger/audit.ts'
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

describe('refunds', () => {
  const bought = async (pack = 's') => {
    const order = await world.order(ada, pack)
    world.fake.pay(order.session)
    await world.flush()
    return order
  }

  describe('[C64] part refunds and disputes', () => {
    test('three part refunds: the credits of what is left, to the credit', async () => {
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

    test('a dispute takes when it opens, gives back when won, and a refund after it counts alone', async () => {
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

    test('a lost dispute takes nothing more', async () => {
      const { session } = await bought()
      world.fake.loseDispute(world.fake.dispute(session))
      await world.flush()
      expect(await paidCredits()).toBe(0)
    })
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
