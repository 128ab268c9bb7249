import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Database, Trx } from '../db/database.ts'
import { type TestDatabase, testDatabase } from '../test/database.ts'
import { endJobRow, insertJob, insertPerson, insertPurchase } from '../test/rows.ts'
import { audit } from './audit.ts'
import { createLedger } from './ledger.ts'

const ledger = createLedger({ now: () => 1000 })
let testing: TestDatabase
let database: Database
beforeEach(async () => {
  testing = await testDatabase()
  database = testing.database
})
afterEach(async () => {
  expect(await audit(database.read)).toEqual([])
  await testing.close()
})

const balance = (personId: string) => ledger.balance(database.read, personId)
const transfers = () => database.read.selectFrom('transfer').select(['kind', 'amount']).orderBy(sql`rowid`).execute()

/** A pack that was paid; answers the purchase's id. */
async function buy(trx: Trx, personId: string, credits: number): Promise<string> {
  const purchaseId = await insertPurchase(trx, { person_id: personId, credits, status: 'paid' })
  await ledger.sell(trx, { ref: `paid ${purchaseId}`, personId, purchaseId, credits })
  return purchaseId
}
/** The refund of so many credits of the person's purchase, each worth one unit of money. */
const refund = (personId: string, credits: number, ref: string = randomUUIDv7()) =>
  database.write(async trx => {
    const { id: purchaseId, payment_intent } = await trx
      .selectFrom('purchase')
      .selectAll()
      .where('person_id', '=', personId)
      .executeTakeFirstOrThrow()
    await trx
      .insertInto('payment_fact')
      .values({ ref, payment_intent: payment_intent!, kind: 'refund', state: 'made', amount_minor: credits, at: 1 })
      .onConflict(conflict => conflict.doNothing())
      .execute()
    return ledger.takeBack(trx, { ref, kind: 'refund', personId, purchaseId, credits })
  })

/** A person with free credits, and paid ones when asked for. */
const person = ({ free = 0, paid = 0 }) =>
  database.write(async trx => {
    const id = await insertPerson(trx)
    await ledger.open(trx, id)
    await ledger.grantFree(trx, { personId: id, subjectHash: id, credits: free })
    if (paid > 0) await buy(trx, id, paid)
    return id
  })

/** A job with its holds; answers the job's id. */
const reserve = (personId: string, price: number) =>
  database.write(async trx => {
    const jobId = (await insertJob(trx, { person_id: personId, price }))!
    await ledger.hold(trx, { personId, jobId, price })
    return jobId
  })

const finish = (jobId: string, cost: number) =>
  database.write(async trx => {
    await ledger.post(trx, jobId, cost)
    await endJobRow(trx, jobId, 'done', cost)
  })
const fail = (jobId: string) =>
  database.write(async trx => {
    await endJobRow(trx, jobId, 'failed', 0)
    await ledger.void(trx, jobId)
  })

test('[P100] free credits come once per subject, also for a new person', async () => {
  const first = await person({ free: 10 })
  const again = await database.write(trx => ledger.grantFree(trx, { personId: first, subjectHash: first, credits: 10 }))
  expect(again).toBe(false)
  const second = await database.write(async trx => {
    const id = await insertPerson(trx)
    await ledger.open(trx, id)
    return { id, granted: await ledger.grantFree(trx, { personId: id, subjectHash: first, credits: 10 }) }
  })
  expect(second.granted).toBe(false)
  expect(await balance(first)).toEqual({ available: 10, free: 10, paid: 0, held: 0 })
  expect(await balance(second.id)).toEqual({ available: 0, free: 0, paid: 0, held: 0 })
})

test('a backend that gives no free credits still remembers the subject', async () => {
  const id = await person({ free: 0 })
  expect(await database.write(trx => ledger.grantFree(trx, { personId: id, subjectHash: id, credits: 9 }))).toBe(false)
  expect(await transfers()).toEqual([])
})

test('a hold takes free credits first and the rest from paid ones', async () => {
  const id = await person({ free: 3, paid: 10 })
  await reserve(id, 5)
  expect(await balance(id)).toEqual({ available: 8, free: 0, paid: 8, held: 5 })
})

test('a post takes the cost, free credits first, and gives the rest back', async () => {
  const id = await person({ free: 3, paid: 10 })
  const job = await reserve(id, 5)
  await finish(job, 4)
  expect(await balance(id)).toEqual({ available: 9, free: 0, paid: 9, held: 0 })
})

test('a part result that free credits pay for voids the hold on paid ones', async () => {
  const id = await person({ free: 3, paid: 10 })
  const job = await reserve(id, 5)
  await finish(job, 2)
  expect(await balance(id)).toEqual({ available: 11, free: 1, paid: 10, held: 0 })
  expect((await transfers()).slice(-2)).toEqual([
    { kind: 'post', amount: 2 },
    { kind: 'void', amount: 0 },
  ])
})

test('a void gives everything back', async () => {
  const id = await person({ free: 3, paid: 10 })
  const job = await reserve(id, 5)
  await fail(job)
  expect(await balance(id)).toEqual({ available: 13, free: 3, paid: 10, held: 0 })
})

test('a job that costs nothing moves nothing', async () => {
  const id = await person({})
  const job = await reserve(id, 0)
  await finish(job, 0)
  expect(await transfers()).toEqual([])
})

test('too few credits: 402 with both numbers, and nothing of the write stays', async () => {
  const id = await person({ free: 2, paid: 2 })
  await expect(reserve(id, 5)).rejects.toMatchObject({ code: 'insufficient_credits', params: { have: 4, need: 5 } })
  expect(await balance(id)).toEqual({ available: 4, free: 2, paid: 2, held: 0 })
  expect(await database.read.selectFrom('job').selectAll().execute()).toEqual([])
})

test('100 at once with credits for 3: exactly 3 holds, 97 refusals', async () => {
  const id = await person({ free: 12 })
  const settled = await Promise.allSettled(Array.from({ length: 100 }, () => reserve(id, 4)))
  const refused = settled.filter(result => result.status === 'rejected')
  expect(settled.length - refused.length).toBe(3)
  expect(refused).toEqual(
    Array(97).fill(expect.objectContaining({ reason: expect.objectContaining({ code: 'insufficient_credits' }) })),
  )
  expect(await balance(id)).toEqual({ available: 0, free: 0, paid: 0, held: 12 })
})

test('a hold cannot end twice, whichever way', async () => {
  const id = await person({ free: 9 })
  const job = await reserve(id, 4)
  await finish(job, 4)
  for (const again of [() => finish(job, 4), () => fail(job), () => finish(job, 0)])
    await expect(again()).rejects.toThrow('has ended before')
  expect(await balance(id)).toEqual({ available: 5, free: 5, paid: 0, held: 0 })
})

test('a job cannot cost more than is held', async () => {
  const id = await person({ free: 9 })
  const job = await reserve(id, 4)
  await expect(finish(job, 5)).rejects.toThrow('cannot cost more')
  await expect(finish(job, -1)).rejects.toThrow('whole numbers')
  await expect(finish(job, 1.5)).rejects.toThrow('whole numbers')
  expect(await balance(id)).toEqual({ available: 5, free: 5, paid: 0, held: 4 })
})

test('a debt blocks spending, and freed credits pay it first', async () => {
  const id = await person({ free: 1, paid: 10 })
  const job = await reserve(id, 8)
  await refund(id, 8)
  expect(await balance(id)).toEqual({ available: 0, free: 0, paid: 0, held: 8 })
  await expect(reserve(id, 1)).rejects.toMatchObject({ params: { have: 0, need: 1 } })

  await fail(job)
  expect(await balance(id)).toEqual({ available: 3, free: 1, paid: 2, held: 0 })
})

test('a debt larger than what is freed stays, and the next purchase pays it', async () => {
  const id = await person({ free: 2, paid: 5 })
  const job = await reserve(id, 6)
  await refund(id, 5)
  await finish(job, 4)
  expect(await balance(id)).toEqual({ available: 0, free: 0, paid: 0, held: 0 })
  await database.write(trx => buy(trx, id, 9))
  expect(await balance(id)).toEqual({ available: 7, free: 0, paid: 7, held: 0 })
})

test('freed credits pay the debt of their own person, whoever else has one', async () => {
  const ids = [await person({ paid: 5 }), await person({ paid: 5 }), await person({ paid: 5 })]
  const jobs: string[] = []
  for (const id of ids) {
    jobs.push(await reserve(id, 5))
    await refund(id, 3)
  }
  await fail(jobs[1]!)
  await database.write(trx => buy(trx, ids[1]!, 1))
  expect((await balance(ids[1]!)).available).toBe(3)
  for (const at of [0, 2]) {
    await finish(jobs[at]!, 5)
    await database.write(trx => buy(trx, ids[at]!, 3))
    expect((await balance(ids[at]!)).available).toBe(0)
  }
})

test('a payment, its refund and their return are each booked once', async () => {
  const id = await person({ paid: 10 })
  expect(await refund(id, 4, 're')).toBe(true)
  expect(await refund(id, 4, 're')).toBe(false)
  expect(await balance(id)).toEqual({ available: 6, free: 0, paid: 6, held: 0 })

  const again = (personId: string, ref: string) =>
    database.write(async trx => {
      const { id: purchaseId } = await trx.selectFrom('purchase').select('id').executeTakeFirstOrThrow()
      const fact = { ref, personId, purchaseId, credits: 4 }
      await trx.updateTable('payment_fact').set({ state: 'failed' }).execute()
      return ledger.giveBack(trx, { ...fact, kind: 'refund' })
    })
  expect(await again(id, 're failed')).toBe(true)
  expect(await again(id, 're failed')).toBe(false)
  expect(await balance(id)).toEqual({ available: 10, free: 0, paid: 10, held: 0 })
})

test('a purchase never gives more than its credits, nor takes back more, whatever the code asks for', async () => {
  const id = await person({ paid: 10 })
  await expect(refund(id, 11)).rejects.toThrow('between nothing and its credits')
  const more = database.write(async trx => {
    const { id: purchaseId } = await trx.selectFrom('purchase').select('id').executeTakeFirstOrThrow()
    return ledger.giveBack(trx, { ref: 'more', kind: 'refund', personId: id, purchaseId, credits: 1 })
  })
  await expect(more).rejects.toThrow('between nothing and its credits')
  const twice = database.write(async trx => {
    const { id: purchaseId } = await trx.selectFrom('purchase').select('id').executeTakeFirstOrThrow()
    return ledger.sell(trx, { ref: 'twice', personId: id, purchaseId, credits: 10 })
  })
  await expect(twice).rejects.toThrow('UNIQUE')
})

test('leaving forfeits what is left, and only when no job is open', async () => {
  const id = await person({ free: 3, paid: 10 })
  const job = await reserve(id, 5)
  const leave = () => database.write(trx => ledger.close(trx, id))
  await expect(leave()).rejects.toThrow('cannot be closed')
  await fail(job)
  await leave()
  expect(await balance(id)).toEqual({ available: 0, free: 0, paid: 0, held: 0 })
  await leave()
  const { posted } = await database.read
    .selectFrom('account')
    .select('posted')
    .where('kind', '=', 'forfeit')
    .executeTakeFirstOrThrow()
  expect(posted).toBe(13)
})

test('leaving with a debt writes it off', async () => {
  const id = await person({ paid: 10 })
  await finish(await reserve(id, 8), 8)
  await refund(id, 10)
  await database.write(trx => ledger.close(trx, id))
  await database.write(trx => buy(trx, id, 5))
  expect(await balance(id)).toEqual({ available: 5, free: 0, paid: 5, held: 0 })
})

test('a person without accounts is an error, not an empty account', async () => {
  await expect(balance('nobody')).rejects.toThrow('no free account')
})
