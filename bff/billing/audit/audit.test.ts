import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '../../db/open.ts'
import { createLedger } from '../../ledger/ledger.ts'
import { createClock } from '../../test/clock.ts'
import { endJobRow, insertJob, insertPerson, insertPurchase } from '../../test/rows.ts'
import { newFolder, wholeApp } from '../../test/whole-app.ts'
import { unspentAt } from '../unspent.ts'
import { exportLedger } from './export.ts'
import { inspectLedger } from './inspect.ts'
import { createLedgerWatch } from './watch.ts'

const day = 24 * 60 * 60 * 1000
let dataDir: string
let file: string
let world: Awaited<ReturnType<typeof setUp>>
beforeEach(async () => {
  dataDir = newFolder()
  file = join(dataDir, 'mimicit.db')
  world = await setUp()
})

/** A database on its own with a person who buys and spends, each step a day after the one before. */
async function setUp() {
  const database = await openDatabase({ file })
  onTestFinished(() => database.close())
  const clock = createClock(Date.UTC(2027, 2, 1))
  const ledger = createLedger(clock)
  const step = async <T>(body: Parameters<typeof database.write<T>>[0]): Promise<T> => {
    const done = await database.write(body)
    clock.advance(day)
    return done
  }
  const personId = await step(async trx => {
    const id = await insertPerson(trx)
    await ledger.open(trx, id)
    await ledger.grantFree(trx, { personId: id, subjectHash: id, credits: 50 })
    return id
  })
  const hold = (price: number) =>
    step(async trx => {
      const jobId = (await insertJob(trx, { person_id: personId, price }))!
      await ledger.hold(trx, { personId, jobId, price })
      return jobId
    })
  return {
    database,
    clock,
    hold,
    buy: (credits: number, currency: 'usd' | 'jpy', amountMinor: number) =>
      step(async trx => {
        const terms = { credits, currency, amount_minor: amountMinor, status: 'paid', paid_at: clock.now() } as const
        const purchaseId = await insertPurchase(trx, { person_id: personId, ...terms })
        await ledger.sell(trx, { ref: purchaseId, personId, purchaseId, credits })
      }),
    spend: async (price: number) => {
      const jobId = await hold(price)
      await step(async trx => {
        await ledger.post(trx, jobId, price)
        await endJobRow(trx, jobId, 'done', price)
      })
    },
  }
}

const tamper = (sql: string) => {
  const sqlite = new Sqlite(file)
  sqlite.exec(sql)
  sqlite.close()
}
const drift = `update account set posted = posted + 1 where kind = 'free'`
const run = (...args: string[]) =>
  spawnSync(process.execPath, [join(import.meta.dirname, 'command.ts'), ...args], {
    env: { ...process.env, NODE_ENV: 'development', DATA_DIR: dataDir },
    encoding: 'utf8',
  })

test('unspent bought credits per currency: free ones first, then the oldest pack; held ones are not spent yet', async () => {
  const { database, clock, buy, spend, hold } = world
  const unspent = (at = clock.now()) => unspentAt(database.read, at)
  expect(await unspent()).toEqual([])
  await buy(500, 'usd', 500)
  await buy(1100, 'jpy', 1500)
  const before = clock.now()
  await spend(50)
  expect(await unspent()).toEqual([
    { currency: 'jpy', credits: 1100, amountMinor: 1500 },
    { currency: 'usd', credits: 500, amountMinor: 500 },
  ])
  await spend(499)
  await hold(1)
  expect(await unspent()).toEqual([
    { currency: 'jpy', credits: 1100, amountMinor: 1500 },
    { currency: 'usd', credits: 1, amountMinor: 1 },
  ])
  await spend(101)
  expect(await unspent()).toEqual([{ currency: 'jpy', credits: 1000, amountMinor: 1364 }])
  // What it was on an earlier day does not change.
  expect((await unspent(before)).map(({ credits }) => credits)).toEqual([1100, 500])
})

test('it warns when unspent credits come near the threshold of the law', async () => {
  const { database, clock, buy } = world
  await buy(1000, 'jpy', 7_900_000)
  expect(await inspectLedger(database.read, clock.now())).toMatchObject({
    unspentYen: 7_900_000,
    isNearThreshold: false,
  })
  await buy(1000, 'usd', 100_000)
  expect(await inspectLedger(database.read, clock.now())).toMatchObject({
    unspentYen: 8_050_000,
    isNearThreshold: true,
  })
})

test('a hold that outlives its job is found', async () => {
  const { database, clock, hold } = world
  const jobId = await hold(3)
  expect((await inspectLedger(database.read, clock.now() - day + 1)).violations).toEqual([])
  expect((await inspectLedger(database.read, clock.now())).violations).toEqual([
    { invariant: 'no hold outlives its job', detail: jobId },
  ])
})

test('the watch finds drift beside the requests, says what, and that it is over when it is', async () => {
  const { clock, spend } = world
  const alarms: string[] = []
  const watch = createLedgerWatch({ file, now: clock.now, onAlarm: what => void alarms.push(what) })
  await spend(3)
  await watch.look()
  expect([watch.isInOrder(), alarms]).toEqual([true, []])
  tamper(drift)
  await watch.look()
  expect(watch.isInOrder()).toBe(false)
  expect(alarms).toContainEqual('this does not hold: every balance equals its transfers')
  tamper(drift.replace('+ 1', '- 1'))
  await watch.look()
  expect(watch.isInOrder()).toBe(true)
})

test('the self-check runs beside the backend: one line and 0, or what does not hold and 1', async () => {
  await world.spend(3)
  expect(run('check')).toMatchObject({ status: 0, stdout: 'The ledger is in order.\n' })
  tamper(drift)
  const broken = run('check')
  expect([broken.status, broken.stderr]).toEqual([1, expect.stringContaining('every balance equals its transfers')])
  expect(run('dance').status).toBe(1)
})

test('the report of unspent credits ends with the day in Japan', async () => {
  const { buy, clock } = world
  clock.advance(Date.UTC(2027, 2, 31, 14, 59) - clock.now())
  await buy(500, 'jpy', 750)
  clock.advance(Date.UTC(2027, 2, 31, 15, 0) - clock.now())
  await buy(1100, 'jpy', 1500)
  expect(run('unspent', '2027-03-31').stdout).toContain('jpy\t500 credits\t750 in the smallest unit')
  expect(run('unspent', '2027-04-01').stdout).toContain('jpy\t1600 credits\t2250 in the smallest unit')
  expect(run('unspent', '31.3.2027').status).toBe(1)
})

test('the export holds every row of the ledger, and the balances can be computed from it', async () => {
  const { database, buy, spend } = world
  await buy(500, 'usd', 500)
  await spend(70)
  const lines = (await Array.fromAsync(exportLedger(database.read))).map(line => JSON.parse(line))
  const ofTable = (name: string) => lines.filter(({ table }) => table === name)
  expect(Object.keys(Object.groupBy(lines, ({ table }) => table)).toSorted()).toEqual([
    'account',
    'free_grant',
    'money_event',
    'purchase',
    'transfer',
  ])
  for (const { id, posted } of ofTable('account')) {
    const moved = ofTable('transfer').filter(({ kind }) => kind !== 'hold')
    const sum = (side: 'debit' | 'credit') =>
      moved.filter(transfer => transfer[side] === id).reduce((total, { amount }) => total + amount, 0)
    expect(posted).toBe(sum('credit') - sum('debit'))
  }
})

test('/health tells how the ledger stands', async () => {
  const { app } = await wholeApp()
  expect((await app.inject('/health')).json()).toEqual({ ok: true, ledger: 'in order' })
})
