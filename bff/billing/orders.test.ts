import type Stripe from 'stripe'
import { expect, test } from 'vitest'
import { audit } from '../ledger/audit.ts'
import { followsOrder, rightLedger } from '../test/ledger-faults.ts'
import { seededRandom } from '../test/random.ts'
import { insertPerson, insertPurchase } from '../test/rows.ts'
import { type StripeWorld, stripeWorld } from '../test/stripe-world.ts'
import { factOf } from './stripe/facts.ts'

/** `ORDERS=5000` for a long look, `SEED` to repeat one. */
const seed = Number(process.env.SEED ?? 20260202)
const samples = Number(process.env.ORDERS ?? 60)

/** Lives of a purchase of 500 credits for 750 yen, and what has to be left of it. */
const lives: Record<string, { live(fake: StripeWorld['fake'], session: string): void; left: number }> = {
  'a card': { live: (fake, session) => fake.pay(session), left: 500 },
  'a convenience store that was not paid': {
    live(fake, session) {
      fake.konbini(session)
      fake.konbiniRunsOut(session)
    },
    left: 0,
  },
  'a convenience store, then a part refund': {
    live(fake, session) {
      fake.konbini(session)
      fake.konbiniPaid(session)
      fake.refund(session, 75)
    },
    left: 450,
  },
  'a dispute lost': {
    live(fake, session) {
      fake.pay(session)
      fake.loseDispute(fake.dispute(session))
    },
    left: 0,
  },
  'a dispute won, then a refund': {
    live(fake, session) {
      fake.pay(session)
      fake.winDispute(fake.dispute(session))
      fake.refund(session, 250)
    },
    left: 334,
  },
  'two refunds of which one fails': {
    live(fake, session) {
      fake.pay(session)
      const failing = fake.refund(session, 300)
      fake.refund(session, 100)
      fake.failRefund(session, failing)
    },
    left: 434,
  },
  'a refund and a dispute over the same money': {
    live(fake, session) {
      fake.pay(session)
      fake.refund(session, 500)
      fake.winDispute(fake.dispute(session, 750))
    },
    left: 167,
  },
}

for (const [name, { live, left }] of Object.entries(lives))
  test(`[C62] [I14] ${name}: the events of its life in every order, doubled and at once, end the same (seed ${seed})`, async () => {
    const world = await stripeWorld()
    const { id, session } = await world.order(await world.person())
    live(world.fake, session)
    const events = [...world.fake.events]
    const orders = events.length <= 4 ? permutations(events) : shuffles(events, samples)
    for (const [index, order] of orders.entries()) {
      const types = order.map(({ type }) => type)
      expect([types, await hear(world, id, order, index)]).toEqual([types, left])
    }
    expect(await audit(world.database.read)).toEqual([])
  })

test('the orders catch a reconcile that believes the last it heard', async () => {
  const world = await stripeWorld()
  const { id, session } = await world.order(await world.person())
  lives['a dispute won, then a refund']!.live(world.fake, session)
  const inOrder = [...world.fake.events]
  const wrong = await hear(world, id, inOrder.toReversed(), 0, followsOrder).catch(() => 'refused')
  expect(wrong).not.toBe(334)
})

/** Somebody else's purchase hears these events in this order, each twice, some together; answers what is left of it. */
async function hear(world: StripeWorld, id: string, events: Stripe.Event[], index: number, make = rightLedger) {
  const { database, clock } = world
  const { ledger, reconcile } = make(database, clock.now)
  const [personId, purchaseId] = [`person ${index}`, `purchase ${index}`]
  await database.write(async trx => {
    await insertPerson(trx, personId)
    await ledger.open(trx, personId)
    const terms = {
      credits: 500,
      amount_minor: 750,
      checkout_session: null,
      payment_intent: null,
      status: 'new',
    } as const
    await insertPurchase(trx, { id: purchaseId, person_id: personId, ...terms })
  })
  const text = JSON.stringify(events).replaceAll(id, purchaseId)
  const own = JSON.parse(text.replaceAll(/"((?:cs_test|pi|ch|re|du)_\w+)"/g, `"$1x${index}"`)) as Stripe.Event[]
  const tell = (event: Stripe.Event) => database.write(trx => reconcile(trx, factOf(event)!))
  for (const [place, event] of own.entries())
    await Promise.all([tell(event), tell(event), ...own.slice(0, place).slice(-1).map(tell)])
  const { paid, available, free } = await ledger.balance(database.read, personId)
  expect(available).toBe(paid + free)
  return paid
}

function permutations<T>(items: T[]): T[][] {
  if (items.length <= 1) return [items]
  return items.flatMap((item, index) => permutations(items.toSpliced(index, 1)).map(others => [item, ...others]))
}

function shuffles<T>(items: T[], count: number): T[][] {
  const random = seededRandom(seed)
  const shuffled = () => {
    const left = [...items]
    return items.map(() => left.splice(Math.floor(random() * left.length), 1)[0]!)
  }
  return [items.toReversed(), ...Array.from({ length: count }, shuffled)]
}
