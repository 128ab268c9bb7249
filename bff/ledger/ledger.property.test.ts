import fc from 'fast-check'
import { CompiledQuery, sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Fact } from '../billing/facts.ts'
import { ProblemError } from '../contract/problems.ts'
import type { Database, Trx } from '../db/database.ts'
import { testDatabase } from '../test/database.ts'
import {
  centsForCredits,
  forgetfulVoid,
  forgetsDebt,
  grantsAgain,
  keepsDisputed,
  type MakeLedger,
  paidFirst,
  readThenWrite,
  refundsTwice,
  rightLedger,
  type UnderTest,
  withoutGuard,
  withoutReference,
} from '../test/ledger-faults.ts'
import {
  applyToModel,
  type Command,
  canSpend,
  clockStep,
  held,
  type Model,
  type ModelPerson,
  newModel,
  type Result,
} from '../test/ledger-model.ts'
import { endJobRow, insertJob, insertPerson } from '../test/rows.ts'
import { LedgerError } from './assert.ts'
import { audit } from './audit.ts'
import { setLimits } from './limits.ts'
import { readStatement } from './statement.ts'

/** Histories per run; `HISTORIES=2000` for a long look, `SEED` to repeat one. */
const seed = Number(process.env.SEED ?? 20260101)
const numRuns = Number(process.env.HISTORIES ?? 30)
const people = 2
const freeCredits = 7
const start = Date.UTC(2026, 5, 1)

const weighted = <T>(choices: [number, T][]) =>
  fc.oneof(...choices.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })))
const command: fc.Arbitrary<Command> = fc.record({
  do: weighted<Command['do']>([
    [8, 'generate'],
    [8, 'done'],
    [4, 'fail'],
    [4, 'order'],
    [5, 'pay'],
    [3, 'refund'],
    [2, 'refund fails'],
    [2, 'dispute'],
    [2, 'dispute won'],
    [1, 'limit'],
    [1, 'clock'],
    [1, 'regrant'],
    [1, 'end again'],
    [1, 'break off'],
  ]),
  person: fc.nat(people - 1),
  key: fc.nat(9),
  credits: fc.integer({ min: 1, max: 9 }),
})
/** Each inner list is sent at once and so shares a transaction. */
const groups = fc.array(fc.array(command, { minLength: 1, maxLength: 6 }), { minLength: 5, maxLength: 20, size: 'max' })

interface World extends UnderTest {
  database: Database
  clock: { time: number }
  ids: string[]
  purchases: Map<string, string>
}

/** Any commands in any grouping: database and model give the same answers and end with the same balances. */
const ledgerProperty = (make: MakeLedger, weaken: (trx: Trx) => Promise<unknown> = async () => {}) =>
  fc.asyncProperty(groups, async groups => {
    const { database, close } = await testDatabase()
    try {
      await database.write(weaken)
      const clock = { time: start }
      const world: World = { ...make(database, () => clock.time), database, clock, ids: [], purchases: new Map() }
      await database.write(trx => join(trx, world))
      const model = newModel(people, freeCredits, start)
      let booked: unknown[] = []
      for (const group of groups) {
        const sent: Promise<Result>[] = []
        const expected: Result[] = []
        for (const command of group) {
          const aimed = aim(model, command)
          expected.push(applyToModel(model, aimed))
          sent.push(send(world, aimed))
        }
        expect(await Promise.all(sent)).toEqual(expected)
        booked = await expectSame(world, model, booked)
      }
    } finally {
      await close()
    }
  })

const onJobs = ['done', 'fail', 'end again', 'break off']
const onPurchases = ['pay', 'refund', 'refund fails', 'dispute', 'dispute won']

/** Ends are for jobs that exist, payments for purchases that exist, else most would do nothing. */
function aim(model: Model, command: Command): Command {
  const { jobs, purchases } = model.people[command.person]!
  const targets = onJobs.includes(command.do) ? jobs : onPurchases.includes(command.do) ? purchases : undefined
  const keys = [...(targets?.keys() ?? [])]
  if (keys.length === 0) return command
  const key = keys[command.key % keys.length]!
  const purchase = purchases.get(key)
  const known = [...((command.do === 'dispute won' ? purchase?.disputes : purchase?.refunds)?.keys() ?? [])]
  const isEnd = command.do === 'dispute won' || command.do === 'refund fails'
  // The end of one that is known, more often than one that comes before its beginning.
  const credits =
    isEnd && command.credits > 2 && known.length > 0 ? known[command.credits % known.length]! : command.credits
  return { ...command, key, credits }
}

async function join(trx: Trx, { ledger, ids }: World): Promise<void> {
  for (let index = 0; index < people; index++) {
    const personId = await insertPerson(trx, `person ${index}`)
    await ledger.open(trx, personId)
    await ledger.grantFree(trx, { personId, subjectHash: personId, credits: freeCredits })
    ids.push(personId)
  }
}

async function expectSame({ database, ledger, ids }: World, model: Model, booked: unknown[]) {
  for (const [index, person] of model.people.entries()) {
    expect(await ledger.balance(database.read, ids[index]!)).toEqual({
      available: canSpend(person),
      free: person.free,
      paid: person.paid,
      held: held(person),
    })
    await expectStatement(database, ids[index]!, person)
  }
  const { posted } = await database.read
    .selectFrom('account')
    .select('posted')
    .where('kind', '=', 'revenue')
    .executeTakeFirstOrThrow()
  expect(posted).toBe(model.earned)
  expect(await audit(database.read)).toEqual([])
  const { rows } = await database.read.executeQuery(CompiledQuery.raw('select * from transfer order by rowid'))
  expect(rows.slice(0, booked.length)).toEqual(booked)
  return rows
}

/** Its lines add up to what the person has, less what they owe. */
async function expectStatement(database: Database, personId: string, person: ModelPerson): Promise<void> {
  const lines = await readStatement(database.read, personId, { after: null, kind: undefined, limit: 1000 })
  const sum = lines.reduce((total, line) => total + line.credits, 0)
  expect(sum).toBe(person.free + person.paid + held(person) - person.owes)
}

async function send(world: World, command: Command): Promise<Result> {
  try {
    return await world.database.write(trx => run(trx, world, command))
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'insufficient_credits') return 'too few'
    if (error instanceof ProblemError && error.code === 'cap_reached_day') return 'over the limit'
    if (error instanceof LedgerError) return 'refused'
    if (error instanceof BrokenOff) return 'broken off'
    throw error
  }
}

class BrokenOff extends Error {}

async function run(trx: Trx, world: World, { do: what, person, key, credits }: Command): Promise<Result> {
  const { ledger, reconcile, clock, ids, purchases } = world
  const personId = ids[person]!
  const jobId = `job ${key} of ${personId}`
  const purchaseId = `purchase ${key} of ${personId}`
  const newJob = () => insertJob(trx, { id: jobId, idem: String(key), person_id: personId, price: credits })
  const tell = async (fact: Fact): Promise<Result> => {
    if (!purchases.has(purchaseId)) return 'nothing'
    expect((await reconcile(trx, fact)).alarm).toBe(null)
    return 'ok'
  }
  const paymentIntent = `pi of ${purchaseId}`
  switch (what) {
    case 'regrant':
      return (await ledger.grantFree(trx, { personId, subjectHash: personId, credits })) ? 'ok' : 'nothing'
    case 'clock':
      clock.time += clockStep(credits)
      return 'ok'
    case 'limit':
      await setLimits(trx, personId, { perDay: credits > 5 ? null : credits * 3, perMonth: null, askAbove: null })
      return 'ok'
    case 'order': {
      if (purchases.has(purchaseId)) return 'replay'
      const [amount, gives] = [7 * credits + 1, credits + 3]
      purchases.set(purchaseId, String(amount))
      await sql`insert into purchase (id, person_id, pack, currency, amount_minor, credits, status, created_at, expires_at)
        values (${purchaseId}, ${personId}, 'test', 'jpy', ${amount}, ${gives}, 'new', 1, 2)`.execute(trx)
      return 'ok'
    }
    case 'pay':
      return tell({
        kind: 'checkout',
        session: `cs of ${purchaseId}`,
        purchaseId,
        paymentIntent,
        amountMinor: Number(purchases.get(purchaseId)),
        currency: 'jpy',
        outcome: 'paid',
        offered: null,
      })
    case 'refund':
    case 'refund fails': {
      const state = what === 'refund' ? 'made' : 'failed'
      return tell({
        kind: 'refund',
        ref: `re ${credits} of ${purchaseId}`,
        paymentIntent,
        amountMinor: 5 * credits,
        state,
      })
    }
    case 'dispute':
    case 'dispute won': {
      const state = what === 'dispute' ? 'withdrawn' : 'reinstated'
      return tell({
        kind: 'dispute',
        ref: `dp ${credits} of ${purchaseId}`,
        paymentIntent,
        amountMinor: 9 * credits,
        state,
      })
    }
    case 'generate':
      if (!(await newJob())) return 'replay'
      await ledger.hold(trx, { personId, jobId, price: credits })
      return 'ok'
    case 'done': {
      const job = await trx.selectFrom('job').select('state').where('id', '=', jobId).executeTakeFirst()
      if (job?.state !== 'queued') return 'nothing'
      await ledger.post(trx, jobId, credits)
      await endJobRow(trx, jobId, 'done', credits)
      return 'ok'
    }
    case 'fail':
      if (!(await endJobRow(trx, jobId, 'failed', 0))) return 'nothing'
      await ledger.void(trx, jobId)
      return 'ok'
    case 'end again': {
      const job = await trx.selectFrom('job').select('ended_at').where('id', '=', jobId).executeTakeFirst()
      if (!job?.ended_at) return 'nothing'
      await ledger.void(trx, jobId)
      return 'ok'
    }
    case 'break off':
      if (await newJob()) await ledger.hold(trx, { personId, jobId, price: 0 })
      await endJobRow(trx, jobId, 'failed', 0)
      throw new BrokenOff()
  }
}

const runs = { seed, numRuns }

test(
  `[I1] [I2] [I3] [I4] [I5] [I6] [I7] [I8] [I9] [I13] [I15] the ledger equals an independent model (seed ${seed})`,
  () => fc.assert(ledgerProperty(rightLedger), runs),
  20_000 + numRuns * 1000,
)

const raw =
  (...statements: string[]) =>
  async (trx: Trx) => {
    for (const statement of statements) await trx.executeQuery(CompiledQuery.raw(statement))
  }
const ignoreChecks = raw('pragma ignore_check_constraints = on')
const dropPaymentBarriers = raw('drop trigger transfer_within_purchase', 'drop index money_event_grant')

test.each([
  ['holds without guard and without CHECK', withoutGuard, ignoreChecks],
  ['a balance read first and written later', readThenWrite, undefined],
  ['paid credits spent before free ones', paidFirst, undefined],
  ['a void that leaves the credits pending', forgetfulVoid, undefined],
  ['free credits given again', grantsAgain, undefined],
  ['a payment without a reference', withoutReference, undefined],
  ['the same, without the barriers of the database', withoutReference, dropPaymentBarriers],
  ['a refund taken twice', refundsTwice, dropPaymentBarriers],
  ['cents taken for credits', centsForCredits, dropPaymentBarriers],
  ['what is owed forgotten', forgetsDebt, dropPaymentBarriers],
  ['credits of a won dispute kept', keepsDisputed, undefined],
])('the property catches: %s', async (_, faulty, weaken) => {
  const { failed } = await fc.check(ledgerProperty(faulty, weaken), { seed, numRuns: 100, endOnFailure: true })
  expect(failed).toBe(true)
})

test('without the guard, the CHECK alone refuses an overdraft', async () => {
  const { database, close } = await testDatabase()
  const world = {
    ...withoutGuard(database, () => 1),
    database,
    clock: { time: 1 },
    ids: [],
    purchases: new Map(),
  } as World
  await database.write(trx => join(trx, world))
  const overdraw = database.write(async trx => {
    const [personId] = world.ids
    const jobId = (await insertJob(trx, { person_id: personId!, price: freeCredits + 1 }))!
    await world.ledger.hold(trx, { personId: personId!, jobId, price: freeCredits + 1 })
  })
  await expect(overdraw).rejects.toThrow('CHECK constraint failed')
  expect(await audit(database.read)).toEqual([])
  await close()
})

test(
  'without the CHECKs, triggers and unique keys, the code alone holds',
  async () => {
    const bare = async (trx: Trx) => {
      await ignoreChecks(trx)
      await raw('drop index money_event_grant')(trx)
    }
    const failing = fc.check(ledgerProperty(rightLedger, bare), { seed, numRuns: Math.ceil(numRuns / 4) })
    expect((await failing).failed).toBe(false)
  },
  20_000 + numRuns * 250,
)
