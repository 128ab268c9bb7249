import fc from 'fast-check'
import { CompiledQuery } from 'kysely'
import { expect, test } from 'vitest'
import { ProblemError } from '../contract/problems.ts'
import type { Database, Trx } from '../db/database.ts'
import { buyCredits, takeBack } from '../test/billing.ts'
import { testDatabase } from '../test/database.ts'
import { forgetfulVoid, grantsAgain, paidFirst, withoutGuard } from '../test/ledger-faults.ts'
import { applyToModel, type Command, canSpend, type Model, newModel, type Result } from '../test/ledger-model.ts'
import { insertJob, insertPerson } from '../test/rows.ts'
import { LedgerError } from './assert.ts'
import { audit } from './audit.ts'
import { createLedger, type Ledger } from './ledger.ts'

const seed = 20260101
const people = 2
const freeCredits = 7

const weighted = <T>(choices: [number, T][]) =>
  fc.oneof(...choices.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })))
const command: fc.Arbitrary<Command> = fc.record({
  do: weighted<Command['do']>([
    [8, 'generate'],
    [8, 'done'],
    [4, 'fail'],
    [4, 'buy'],
    [1, 'refund'],
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

/** Any commands in any grouping: database and model give the same answers and end with the same balances. */
const ledgerProperty = (ledger: Ledger, weaken: (trx: Trx) => Promise<unknown> = async () => {}) =>
  fc.asyncProperty(groups, async groups => {
    const { database, close } = await testDatabase()
    try {
      await database.write(weaken)
      const ids = await database.write(trx => join(trx, ledger))
      const model = newModel(people, freeCredits)
      let booked: unknown[] = []
      for (const [round, group] of groups.entries()) {
        const sent: Promise<Result>[] = []
        const expected: Result[] = []
        for (const [index, command] of group.entries()) {
          const aimed = aim(model, command)
          expected.push(applyToModel(model, aimed))
          sent.push(send(database, ledger, ids, aimed, `${round} ${index}`))
        }
        expect(await Promise.all(sent)).toEqual(expected)
        booked = await expectSame(database, ledger, ids, model, booked)
      }
    } finally {
      await close()
    }
  })

/** Ends are for jobs that exist, else most would do nothing. */
function aim(model: Model, command: Command): Command {
  const keys = [...model.people[command.person]!.jobs.keys()]
  if (command.do === 'generate' || keys.length === 0) return command
  return { ...command, key: keys[command.key % keys.length]! }
}

async function join(trx: Trx, ledger: Ledger): Promise<string[]> {
  const ids: string[] = []
  for (let index = 0; index < people; index++) {
    const personId = await insertPerson(trx, `person ${index}`)
    await ledger.open(trx, personId)
    await ledger.grantFree(trx, { personId, subjectHash: personId, credits: freeCredits })
    ids.push(personId)
  }
  return ids
}

async function expectSame(database: Database, ledger: Ledger, ids: string[], model: Model, booked: unknown[]) {
  for (const [index, person] of model.people.entries()) {
    const open = [...person.jobs.values()].filter(job => job.open)
    expect(await ledger.balance(database.read, ids[index]!)).toEqual({
      available: canSpend(person),
      free: person.free,
      paid: person.paid,
      held: open.reduce((sum, { price }) => sum + price, 0),
    })
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

async function send(database: Database, ledger: Ledger, ids: string[], command: Command, ref: string): Promise<Result> {
  try {
    return await database.write(trx => run(trx, ledger, ids[command.person]!, command, ref))
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'insufficient_credits') return 'too few'
    if (error instanceof LedgerError) return 'refused'
    if (error instanceof BrokenOff) return 'broken off'
    throw error
  }
}

class BrokenOff extends Error {}

async function run(
  trx: Trx,
  ledger: Ledger,
  personId: string,
  { do: what, key, credits }: Command,
  ref: string,
): Promise<Result> {
  const jobId = `job ${key} of ${personId}`
  const newJob = () => insertJob(trx, { id: jobId, idem: String(key), person_id: personId, price: credits })
  /** The compare-and-set every end of a job goes through. */
  const endJob = async (state: 'done' | 'failed') => {
    const { numUpdatedRows } = await trx
      .updateTable('job')
      .set({ state, ended_at: 1, file_hash: 'file' })
      .where('id', '=', jobId)
      .where('state', '=', 'queued')
      .executeTakeFirstOrThrow()
    return numUpdatedRows === 1n
  }
  switch (what) {
    case 'regrant':
      return (await ledger.grantFree(trx, { personId, subjectHash: personId, credits })) ? 'ok' : 'nothing'
    case 'buy':
      await buyCredits(trx, { ref, personId, credits })
      return 'ok'
    case 'refund':
      await takeBack(trx, { ref, personId, credits })
      return 'ok'
    case 'generate':
      if (!(await newJob())) return 'replay'
      await ledger.hold(trx, { personId, jobId, price: credits })
      return 'ok'
    case 'done':
      if (!(await endJob('done'))) return 'nothing'
      await ledger.post(trx, jobId, credits)
      return 'ok'
    case 'fail':
      if (!(await endJob('failed'))) return 'nothing'
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
      await endJob('failed')
      throw new BrokenOff()
  }
}

const right = createLedger({ now: () => 1 })
const runs = { seed, numRuns: 40 }

test(
  `[I1] [I2] [I3] [I4] [I5] [I6] [I7] [I8] [I9] [I12] [I15] the ledger equals an independent model (seed ${seed})`,
  () => fc.assert(ledgerProperty(right), runs),
  60_000,
)

const ignoreChecks = (trx: Trx) => trx.executeQuery(CompiledQuery.raw('pragma ignore_check_constraints = on'))

test.each([
  ['holds without guard and without CHECK', withoutGuard, ignoreChecks],
  ['paid credits spent before free ones', paidFirst, undefined],
  ['a void that leaves the credits pending', forgetfulVoid, undefined],
  ['free credits given again', grantsAgain, undefined],
])('the property catches: %s', async (_, faulty, weaken) => {
  const { failed } = await fc.check(ledgerProperty(faulty, weaken), { ...runs, endOnFailure: true })
  expect(failed).toBe(true)
})

test('[I2] without the guard, the CHECK alone refuses an overdraft', async () => {
  const { database, close } = await testDatabase()
  const [personId] = await database.write(trx => join(trx, withoutGuard))
  const overdraw = database.write(async trx => {
    const jobId = (await insertJob(trx, { person_id: personId!, price: freeCredits + 1 }))!
    await withoutGuard.hold(trx, { personId: personId!, jobId, price: freeCredits + 1 })
  })
  await expect(overdraw).rejects.toThrow('CHECK constraint failed')
  expect(await audit(database.read)).toEqual([])
  await close()
})

test('[I2] without the CHECK, the guard alone refuses an overdraft', async () => {
  const failing = fc.check(ledgerProperty(right, ignoreChecks), runs)
  expect((await failing).failed).toBe(false)
}, 60_000)
