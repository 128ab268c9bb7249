import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../test/database.ts'
import { endJobRow, insertJob, insertPerson, insertPurchase } from '../test/rows.ts'
import { audit } from './audit.ts'
import { createLedger } from './ledger.ts'

/** Person 'p' has 10 free credits and 10 bought ones; job 'open' holds 4, job 'done' paid 2 of 3, job 'failed' paid none of 1. */
let testing: TestDatabase
beforeEach(async () => {
  testing = await testDatabase()
  const ledger = createLedger({ now: () => 1 })
  await testing.database.write(async trx => {
    await insertPerson(trx, 'p')
    await ledger.open(trx, 'p')
    await ledger.grantFree(trx, { personId: 'p', subjectHash: 's', credits: 10 })
    await insertPurchase(trx, { id: 'pack', person_id: 'p', credits: 10, status: 'paid' })
    await ledger.sell(trx, { ref: 'checkout', personId: 'p', purchaseId: 'pack', credits: 10 })
    for (const [id, price] of [
      ['open', 4],
      ['done', 3],
      ['failed', 1],
    ] as const) {
      await insertJob(trx, { id, person_id: 'p', price })
      await ledger.hold(trx, { personId: 'p', jobId: id, price })
    }
    await ledger.post(trx, 'done', 2)
    await ledger.void(trx, 'failed')
    await endJobRow(trx, 'done', 'done', 2)
    await endJobRow(trx, 'failed', 'failed', 0)
  })
})
afterEach(() => testing.close())

/** Writes past every guard of the database, as a damaged or tampered file would look. */
function tamper(sql: string): void {
  const sqlite = new Sqlite(testing.file)
  sqlite.pragma('foreign_keys = off')
  sqlite.pragma('ignore_check_constraints = on')
  const triggers = sqlite.prepare("select name, sql from sqlite_schema where type = 'trigger'").all() as {
    name: string
    sql: string
  }[]
  for (const { name } of triggers) sqlite.exec(`drop trigger ${name}`)
  sqlite.exec(sql)
  for (const trigger of triggers) sqlite.exec(trigger.sql)
  sqlite.close()
}

const free = `kind = 'free'`
const copy = (what: string, changes: Record<string, string>) => {
  const columns = ['id', 'kind', 'debit', 'credit', 'amount', 'job_id', 'pending_id', 'event_ref', 'at']
  const values = columns.map(column => changes[column] ?? column)
  return `insert into transfer (${columns.join()}) select ${values.join()} from transfer where ${what}`
}

test('a ledger that adds up has no violations', async () => {
  expect(await audit(testing.database.read)).toEqual([])
  expect(await testing.database.write(trx => audit(trx))).toEqual([])
})

test.each([
  ['all credits given and taken add up to zero', `update account set posted = posted + 1 where ${free}`],
  ['nobody spends more than they have', `update account set posted = 1 where ${free}`],
  ['nobody spends more than they have', `update account set posted = 1 where kind = 'debt'`],
  ['every balance equals its transfers', `update account set posted = posted + 1 where ${free} or kind = 'promo'`],
  ['every balance equals its transfers', `delete from transfer where kind = 'grant'`],
  ['everything pending has an open hold', `update account set pending = pending - 1 where ${free}`],
  ['everything pending has an open hold', `delete from transfer where kind = 'void'`],
  ['a hold ends once, and its end fits it', `drop index transfer_end; ${copy(`kind = 'void'`, { id: `'again'` })}`],
  ['a hold ends once, and its end fits it', `update transfer set amount = 4 where kind = 'post'`],
  ['a hold ends once, and its end fits it', `delete from transfer where kind = 'hold' and job_id = 'done'`],
  [
    'a job has its holds exactly while it is open, and pays only when done',
    `update job set state = 'failed' where id = 'done'`,
  ],
  [
    'a job has its holds exactly while it is open, and pays only when done',
    `update job set state = 'done' where id = 'failed'`,
  ],
  [
    'a job has its holds exactly while it is open, and pays only when done',
    `update job set state = 'done' where id = 'open'`,
  ],
  [
    'a job has its holds exactly while it is open, and pays only when done',
    `update job set state = 'queued' where id = 'done'`,
  ],
  [
    'a job has its holds exactly while it is open, and pays only when done',
    `update job set price = 5 where id = 'open'`,
  ],
  ['every outside fact is booked once', `update money_event set credits = 9`],
  ['every outside fact is booked once', copy(`event_ref = 'free:p'`, { id: `'again'` })],
  [
    'a purchase gives what was paid for it and not paid back',
    `insert into payment_fact values ('re', 'pi_pack', 'refund', 'made', 3, 1)`,
  ],
  [
    'a purchase gives what was paid for it and not paid back',
    `update purchase set status = 'open', paid_at = null where id = 'pack'`,
  ],
  ['a purchase gives what was paid for it and not paid back', `update purchase set credits = 11 where id = 'pack'`],
])('%s: %s', async (title, sql) => {
  tamper(sql)
  const found = await audit(testing.database.read)
  expect(found.map(({ invariant }) => invariant)).toContain(title)
})

test.each([
  ['a hold without its job', `delete from job where id = 'open'`],
  ['a payment without its result', 'delete from job_file'],
])('[I10] %s is found', async (_, sql) => {
  tamper(sql)
  const found = await audit(testing.database.read)
  expect(found.map(({ invariant }) => invariant)).toContain('every hold has its job, every post its result')
})

test('a ledger that can be changed is not in order', async () => {
  const sqlite = new Sqlite(testing.file)
  sqlite.exec('drop trigger transfer_no_delete')
  sqlite.close()
  expect(await audit(testing.database.read)).toEqual([
    { invariant: 'the ledger is append-only', detail: 'transfer_no_delete is missing' },
  ])
})
