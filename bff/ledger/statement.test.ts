import type { CompiledQuery } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createReconciler } from '../billing/reconciler.ts'
import type { StatementLine } from '../contract/credits.ts'
import type { Trx } from '../db/database.ts'
import { createClock } from '../test/clock.ts'
import { type TestDatabase, testDatabase } from '../test/database.ts'
import { endJobRow, insertJob, insertPerson, insertPurchase } from '../test/rows.ts'
import { createLedger } from './ledger.ts'
import { readStatement, type StatementFilter } from './statement.ts'

/** A life in credits, an hour between its steps; `q` stands by. */
let testing: TestDatabase
beforeAll(async () => {
  testing = await testDatabase()
  const clock = createClock()
  const ledger = createLedger(clock)
  const reconcile = createReconciler({ ledger, now: clock.now })
  const step = async (body: Parameters<typeof testing.database.write>[0]) => {
    await testing.database.write(body)
    clock.advance(3_600_000)
  }
  const pack = {
    purchaseId: 'pack',
    session: 'cs_pack',
    paymentIntent: 'pi_pack',
    amountMinor: 20,
    currency: 'jpy',
    offered: null,
  }
  const dispute = { kind: 'dispute', ref: 'dp', paymentIntent: 'pi_pack', amountMinor: 5 } as const
  const job = (id: string, price: number, cost: number) => async (trx: Parameters<typeof insertPerson>[0]) => {
    await insertJob(trx, { id, person_id: 'p', price })
    await ledger.hold(trx, { personId: 'p', jobId: id, price })
    await ledger.post(trx, id, cost)
    await endJobRow(trx, id, cost > 0 ? 'done' : 'failed', cost)
  }

  for (const id of ['p', 'q'])
    await step(async trx => {
      await insertPerson(trx, id)
      await ledger.open(trx, id)
      await ledger.grantFree(trx, { personId: id, subjectHash: id, credits: 5 })
    })
  await step(trx => insertPurchase(trx, { id: 'pack', person_id: 'p', credits: 20 }))
  await step(trx => reconcile(trx, { kind: 'checkout', ...pack, outcome: 'paid' }))
  await step(job('both accounts', 8, 7))
  await step(job('failed', 3, 0))
  await step(trx => reconcile(trx, { ...dispute, state: 'withdrawn' }))
  await step(trx => reconcile(trx, { ...dispute, state: 'reinstated' }))
  await step(trx =>
    reconcile(trx, { kind: 'refund', ref: 're', paymentIntent: 'pi_pack', amountMinor: 20, state: 'made' }),
  )
  await step(trx => insertPurchase(trx, { id: 'second', person_id: 'p', credits: 10 }))
  const second = { ...pack, purchaseId: 'second', session: 'cs_second', paymentIntent: 'pi_second', amountMinor: 10 }
  await step(trx => reconcile(trx, { kind: 'checkout', ...second, outcome: 'paid' }))
})
afterAll(() => testing.close())

const read = (filter: Partial<StatementFilter> = {}, personId = 'p') =>
  readStatement(testing.database.read, personId, { after: null, kind: undefined, limit: 100, ...filter })
const short = ({ kind, account, credits, returned }: StatementLine) => `${kind} ${account} ${credits} ${returned}`

test('every kind of line, newest first', async () => {
  const lines = await read()
  const steps = Map.groupBy(lines, line => line.at)
  expect([...steps.keys()]).toEqual([...steps.keys()].toSorted((a, b) => b - a))
  expect([...steps.values()].map(step => step.map(short).toSorted())).toEqual([
    ['purchase debt 2 0', 'purchase paid 8 0'],
    ['refund debt -2 0', 'refund paid -18 0'],
    ['restored paid 5 0'],
    ['dispute paid -5 0'],
    ['returned paid 0 3'],
    ['spent free -5 0', 'spent paid -2 1'],
    ['purchase paid 20 0'],
    ['free free 5 0'],
  ])
})

test('a line names its job or its purchase, and nobody sees those of others', async () => {
  const [purchase] = await read({ kind: 'purchase' })
  expect(purchase).toMatchObject({ purchaseId: 'second', generationId: null })
  const [spent] = await read({ kind: 'spent' })
  expect(spent).toMatchObject({ purchaseId: null, generationId: 'both accounts' })
  expect((await read({}, 'q')).map(short)).toEqual(['free free 5 0'])
})

test.each([
  ['free', 1],
  ['purchase', 3],
  ['spent', 2],
  ['returned', 1],
  ['refund', 2],
  ['dispute', 1],
  ['restored', 1],
] as const)('only lines of the kind %s', async (kind, count) => {
  const all = await read()
  const some = await read({ kind })
  expect(some).toEqual(all.filter(line => line.kind === kind))
  expect(some).toHaveLength(count)
})

test('page after page, also through lines of the same time, is the same as all at once', async () => {
  const all = await read()
  const paged: StatementLine[] = []
  for (let after: StatementFilter['after'] = null; ; ) {
    const page: StatementLine[] = await read({ after, limit: 2 })
    paged.push(...page)
    if (page.length < 2) break
    after = page[1]!
  }
  expect(paged).toEqual(all)
})

test('a page reads indexes only: nothing is scanned', async () => {
  const plans: string[] = []
  const { read } = testing.database
  const executor = read.getExecutor()
  const explaining = {
    adapter: executor.adapter,
    compileQuery: executor.compileQuery.bind(executor),
    transformQuery: executor.transformQuery.bind(executor),
    async executeQuery(query: CompiledQuery) {
      const explained = { ...query, sql: `explain query plan ${query.sql}` }
      const { rows } = await executor.executeQuery<{ detail: string }>(explained)
      plans.push(...rows.map(({ detail }) => detail))
      return executor.executeQuery(query)
    },
  }
  const trx = { ...read, getExecutor: () => explaining, executeQuery: explaining.executeQuery } as unknown as Trx
  await readStatement(trx, 'p', { after: { at: 1e15, id: 'z' }, kind: undefined, limit: 3 })
  const touching = plans.filter(plan => plan.includes('transfer'))
  expect(touching.length).toBeGreaterThan(10)
  expect(touching.filter(plan => !/^SEARCH \w+ USING (COVERING )?INDEX \w*(statement|autoindex)/.test(plan))).toEqual(
    [],
  )
})
