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

describe('payments that do not fit', () => {
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
  test.each<[string, object]>([
    ['amount', { amount_total: 1 }],
    ['currency', { currency: 'usd' }],
  ])('[C63c] another %s than was offered', async (what, change) =>
    expect(await changed(session => Object.assign(session, change))).toContain(what),
  )
  test('the other mode', async () => expect(await changed(() => {}, { livemode: true })).toContain('mode'))
  const metadata = { purchase: 'lost', account: 'nobody', pack: 's', credits: '500', amount: '750' }
  test.each<[string, object]>([
    ['a purchase nobody made', { client_reference_id: 'nobody' }],
    ['a person nobody knows', { client_reference_id: 'lost', metadata }],
    ['no purchase at all', { client_reference_id: null }],
  ])('[C63e] a payment of %s', async (_, change) =>
    expect(await changed(session => Object.assign(session, change))).toContain('does not exist'),
  )
  test('another session than the one that was opened', async () =>
    expect(await changed(session => Object.assign(session, { id: 'cs_other' }))).toContain('another checkout session'))
  test('a second payment through the same session gives nothing, and is an alarm', async () => {
    const { session } = await world.order(ada)
    world.fake.pay(session)
    await world.flush()
    expect(await paidCredits()).toBe(500)
    const again = structuredClone(world.fake.events.at(-1)!)
    Object.assign(again.data.object, { payment_intent: 'pi_another' })
    expect(await world.fake.send({ ...again, id: 'evt_again' }, world.deliver)).toBe(200)
    expect(await paidCredits()).toBe(500)
    expect(world.alarms).toEqual([expect.stringContaining('two payments')])
  })
  test('paid without a payment', async () =>
    expect(await changed(session => Object.assign(session, { payment_intent: null }))).toContain('no payment intent'))
})

describe('notifications', () => {
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
