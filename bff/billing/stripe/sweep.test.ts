import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { CompiledQuery } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase } from '../../db/open.ts'
import { audit } from '../../ledger/audit.ts'
import { payer } from '../../test/fakes/stripe-objects.ts'
import { type StripeWorld, stripeWorld } from '../../test/stripe-world.ts'
import { createBilling } from '../billing.ts'
import { loadPacks } from '../packs.ts'

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
    const buyers = [ada, await world.person(), await world.person()]
    for (let count = 0; count < 60; count++) orders.push(await world.order(buyers[count % 3]!))
    for (const { session } of orders) world.fake.pay(session)
    for (const { session } of orders) world.fake.refund(session, 75)
    world.fake.lose()
    await world.billing.sweep()
    expect(await paidCredits()).toBe(20 * 450)
    const asked = world.fake.seen.filter(({ path }) => path.startsWith('/v1/events')).length
    expect(asked).toBe(2)
    await world.flush()
    await world.billing.sweep()
    expect(await paidCredits()).toBe(20 * 450)
  })

  test('restored from a backup that knows none of the purchases: all of it comes back, and nothing twice', async () => {
    const copy = join(dirname(world.file), 'restored.sqlite')
    const sqlite = new Sqlite(world.file)
    await sqlite.backup(copy)
    sqlite.close()
    const [first, second] = [await world.order(ada), await world.order(ada, 'm', 'usd')]
    world.fake.pay(first.session)
    world.fake.refund(first.session, 75)
    world.fake.pay(second.session)
    await world.flush()
    const before = await paidCredits()

    const restored = await openDatabase({ file: copy })
    const { ledger, payments, clock } = world
    const alarms: string[] = []
    const billing = createBilling({
      database: restored,
      ledger,
      payments,
      packs: loadPacks(),
      now: clock.now,
      onBalance: () => {},
      onAlarm: why => void alarms.push(why),
    })
    await billing.sweep()
    await billing.sweep()
    expect((await ledger.balance(restored.read, ada)).paid).toBe(before)
    expect(before).toBe(450 + 1100)
    expect(await audit(restored.read)).toEqual([])
    expect(await restored.read.selectFrom('purchase').select('pack').execute()).toHaveLength(2)
    expect(alarms).toEqual([])
    await restored.close()
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
  test('[P40] [P41] [P64] of a whole life of payments: ids, amount, currency, pack, status and times, no payer', async () => {
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
