import Sqlite from 'better-sqlite3'
import { CompiledQuery } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createLedger } from '../ledger/ledger.ts'
import { type TestDatabase, testDatabase } from '../test/database.ts'
import { insertJob, insertPerson, insertPurchase } from '../test/rows.ts'

/**
 * What the database refuses by itself, whatever the code does: every statement here goes past the ledger. Person 'p' has
 * 10 free credits; job 'open' holds 4 of them, job 'ended' held 3 and paid 2.
 */
let testing: TestDatabase
beforeAll(async () => {
  testing = await testDatabase()
  const ledger = createLedger({ now: () => 1 })
  await testing.database.write(async trx => {
    await insertPerson(trx, 'p')
    await ledger.open(trx, 'p')
    await ledger.grantFree(trx, { personId: 'p', subjectHash: 's', credits: 10 })
    for (const [id, price] of [
      ['open', 4],
      ['ended', 3],
      ['new', 5],
    ] as const)
      await insertJob(trx, { id, person_id: 'p', price })
    await ledger.hold(trx, { personId: 'p', jobId: 'open', price: 4 })
    await ledger.hold(trx, { personId: 'p', jobId: 'ended', price: 3 })
    await ledger.post(trx, 'ended', 2)
    await insertPurchase(trx, { id: 'pack', person_id: 'p', credits: 10, status: 'paid' })
    await ledger.sell(trx, { ref: 'checkout', personId: 'p', purchaseId: 'pack', credits: 10 })
    await ledger.takeBack(trx, { ref: 're', kind: 'refund', personId: 'p', purchaseId: 'pack', credits: 4 })
  })
})
afterAll(() => testing.close())

const write = (sql: string) => testing.database.write(trx => trx.executeQuery(CompiledQuery.raw(sql)))
const account = (kind: string) => `(select id from account where kind = '${kind}' and person_id = 'p')`
const holdOf = (job: string) => `(select id from transfer where kind = 'hold' and job_id = '${job}')`
const transfer = (columns: Record<string, string>) =>
  `insert into transfer (${Object.keys(columns).join(', ')}, at) values (${Object.values(columns).join(', ')}, 1)`
const end = (job: string, kind: 'post' | 'void', amount: number) =>
  transfer({
    id: `'end ${job}'`,
    kind: `'${kind}'`,
    debit: account('free'),
    credit: `'revenue'`,
    amount: String(amount),
    job_id: `'${job}'`,
    pending_id: holdOf(job),
  })
const hold = (job: string, amount: number, kind = 'free') =>
  transfer({
    id: `'hold ${job}'`,
    kind: `'hold'`,
    debit: account(kind),
    credit: `'revenue'`,
    amount: String(amount),
    job_id: `'${job}'`,
  })

describe('accounts cannot be overdrawn', () => {
  test.each([
    ['more pending than there is', `update account set pending = 9 where id = ${account('free')}`],
    ['more spent than there is', `update account set posted = 3 where id = ${account('free')}`],
    ['a paid account below zero', `update account set posted = -1 where id = ${account('paid')}`],
    ['pending below zero', `update account set pending = pending - 5 where id = ${account('free')}`],
    ['a debt above zero', `update account set posted = 1 where id = ${account('debt')}`],
    ['something pending on a debt', `update account set posted = -5, pending = 1 where id = ${account('debt')}`],
    ['something pending on the system', `update account set pending = 1 where id = 'sales'`],
    ['half a credit', `update account set posted = 8.5 where id = ${account('free')}`],
    ['text for credits', `update account set posted = 'many' where id = ${account('free')}`],
  ])('%s', (_, sql) => expect(write(sql)).rejects.toThrow(/CHECK constraint failed|cannot store/))
})

describe('a hold ends once, and within itself', () => {
  test('a second end', () =>
    expect(write(end('ended', 'void', 0))).rejects.toThrow('UNIQUE constraint failed: transfer.pending_id'))
  test('more than held', () => expect(write(end('open', 'post', 5))).rejects.toThrow('the end does not fit its hold'))
  test('less than nothing', () => expect(write(end('open', 'post', -1))).rejects.toThrow('CHECK constraint failed'))
  test('a post of nothing', () => expect(write(end('open', 'post', 0))).rejects.toThrow('CHECK constraint failed'))
  test('a void of something', () => expect(write(end('open', 'void', 1))).rejects.toThrow('CHECK constraint failed'))
  test('an end without a hold', () => expect(write(end('new', 'post', 1))).rejects.toThrow('CHECK constraint failed'))
  test('an end of the hold of another job', () =>
    expect(write(end('open', 'post', 1).replace(`'open', (select`, `'new', (select`))).rejects.toThrow('does not fit'))
  test('an end that pays from another account', () =>
    expect(write(end('open', 'post', 1).replace(account('free'), account('paid')))).rejects.toThrow('does not fit'))
})

describe('a job is held for once, at its price', () => {
  test('a second hold on the same account', () =>
    expect(write(hold('open', 1))).rejects.toThrow(/UNIQUE|exceed its price/))
  test('more than the price', () =>
    expect(write(hold('new', 6))).rejects.toThrow('the holds of a job exceed its price'))
  test('more than the price in two accounts', () =>
    expect(write(hold('open', 1, 'paid'))).rejects.toThrow('the holds of a job exceed its price'))
  test('a hold without a job', () => expect(write(hold('nobody', 1))).rejects.toThrow('FOREIGN KEY constraint failed'))
  test('the same key twice', () =>
    expect(write(`update job set idem = 'open' where id = 'new'`)).rejects.toThrow(
      'UNIQUE constraint failed: job.person_id, job.idem',
    ))
})

describe('an outside fact is booked once', () => {
  test('the same free credits again', () =>
    expect(write(`insert into money_event values ('free:p', 'free_grant', 'p', 10, 1, null)`)).rejects.toThrow(
      'UNIQUE constraint failed: money_event.ref',
    ))
  test('a grant without a fact', () =>
    expect(
      write(transfer({ id: `'g'`, kind: `'grant'`, debit: `'promo'`, credit: account('free'), amount: '1' })),
    ).rejects.toThrow('CHECK'))
})

describe('a purchase is paid once, and gives between nothing and its credits', () => {
  const fact = (ref: string, kind: string, purchase: string | null = `'pack'`) =>
    `insert into money_event values ('${ref}', '${kind}', 'p', 7, 1, ${purchase})`
  const booked = (ref: string, debit: string, credit: string, amount: number) =>
    transfer({ id: `'t ${ref}'`, kind: `'correction'`, debit, credit, amount: String(amount), event_ref: `'${ref}'` })

  test('a second payment', () => expect(write(fact('again', 'purchase'))).rejects.toThrow('UNIQUE'))
  test('a refund of nothing that was bought', () =>
    expect(write(fact('loose', 'refund', null))).rejects.toThrow('belongs to a purchase'))
  test('more taken back than given', () =>
    expect(
      testing.database.write(async trx => {
        await trx.executeQuery(CompiledQuery.raw(fact('more', 'refund')))
        await trx.executeQuery(CompiledQuery.raw(booked('more', account('paid'), `'sales'`, 7)))
      }),
    ).rejects.toThrow('between nothing and its credits'))
  test('more given back than taken', () =>
    expect(
      testing.database.write(async trx => {
        await trx.executeQuery(CompiledQuery.raw(fact('more', 'dispute')))
        await trx.executeQuery(CompiledQuery.raw(booked('more', `'sales'`, account('paid'), 7)))
      }),
    ).rejects.toThrow('between nothing and its credits'))
  test.each([
    ['changing its price', 'update purchase set amount_minor = 1', 'terms of a purchase stay'],
    ['changing its credits', 'update purchase set credits = 9', 'terms of a purchase stay'],
    ['giving it to somebody else', `update purchase set person_id = 'q'`, 'terms of a purchase stay'],
    ['taking its payment away', `update purchase set status = 'expired', paid_at = null`, 'stays paid'],
    ['deleting it', 'delete from purchase', 'a purchase stays'],
    ['paid without a time', `update purchase set paid_at = null`, 'CHECK'],
  ])('%s', (_, sql, why) => expect(write(sql)).rejects.toThrow(why))
})

describe('what is booked stays', () => {
  test.each([
    ['changing a transfer', `update transfer set amount = 1 where job_id = 'open'`],
    ['deleting a transfer', `delete from transfer where job_id = 'open'`],
    ['deleting all transfers', 'delete from transfer'],
    ['replacing a transfer', `insert or replace into transfer select * from transfer where kind = 'grant'`],
    ['replacing an end', end('ended', 'post', 1).replace('insert', 'insert or replace')],
    [
      'an upsert',
      `insert into transfer select * from transfer where kind = 'grant' on conflict do update set amount = 1`,
    ],
    ['changing a fact', 'update money_event set credits = 1'],
    ['deleting a fact', 'delete from money_event'],
    ['replacing a fact', `insert or replace into money_event values ('free:p', 'free_grant', 'p', 1, 1, null)`],
  ])('%s', async (_, sql) => {
    const before = ledgerRows()
    await expect(write(sql)).rejects.toThrow('is append-only')
    expect(ledgerRows()).toEqual(before)
  })
  function ledgerRows() {
    const sqlite = new Sqlite(testing.file, { readonly: true })
    const rows = [
      ...sqlite.prepare('select * from transfer').all(),
      ...sqlite.prepare('select * from money_event').all(),
    ]
    sqlite.close()
    return rows
  }
})

describe('a job cannot be in two minds', () => {
  test.each([
    ['an unknown state', `update job set state = 'paused'`],
    ['ended without a time', `update job set state = 'failed' where id = 'new'`],
    ['a time of ending while open', `update job set ended_at = 1 where id = 'new'`],
    ['done without a file', `update job set state = 'done', ended_at = 1 where id = 'new'`],
    ['a problem while open', `update job set problem = 'cancelled' where id = 'new'`],
    ['a price below zero', `update job set price = -1 where id = 'new'`],
  ])('%s', (_, sql) => expect(write(sql)).rejects.toThrow(/CHECK constraint failed|cannot be done/))
})
