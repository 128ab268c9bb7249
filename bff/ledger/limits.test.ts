import { afterEach, beforeEach, expect, test } from 'vitest'
import type { SpendingLimits } from '../contract/credits.ts'
import { createClock } from '../test/clock.ts'
import { type TestDatabase, testDatabase } from '../test/database.ts'
import { endJobRow, insertJob, insertPerson } from '../test/rows.ts'
import { audit } from './audit.ts'
import { createLedger } from './ledger.ts'
import { readLimits, setLimits } from './limits.ts'

const hour = 60 * 60 * 1000
const off: SpendingLimits = { perDay: null, perMonth: null, askAbove: null }
let testing: TestDatabase
let personId: string
const clock = createClock()
const ledger = createLedger(clock)
beforeEach(async () => {
  testing = await testDatabase()
  personId = await testing.database.write(async trx => {
    const id = await insertPerson(trx)
    await ledger.open(trx, id)
    await ledger.grantFree(trx, { personId: id, subjectHash: id, credits: 100 })
    return id
  })
})
afterEach(async () => {
  expect(await audit(testing.database.read)).toEqual([])
  await testing.close()
})

const limit = (limits: Partial<SpendingLimits>) =>
  testing.database.write(trx => setLimits(trx, personId, { ...off, ...limits }))
const reserve = (price: number, confirmed?: boolean) =>
  testing.database.write(async trx => {
    const jobId = (await insertJob(trx, { person_id: personId, price }))!
    await ledger.hold(trx, { personId, jobId, price, ...(confirmed !== undefined && { confirmed }) })
    return jobId
  })
const end = (jobId: string, cost: number) =>
  testing.database.write(async trx => {
    await ledger.post(trx, jobId, cost)
    await endJobRow(trx, jobId, cost > 0 ? 'done' : 'failed', cost)
  })

test('limits are off until they are set, and can be changed and taken off', async () => {
  expect(await readLimits(testing.database.read, personId)).toEqual(off)
  await limit({ perDay: 5, askAbove: 3 })
  expect(await readLimits(testing.database.read, personId)).toEqual({ perDay: 5, perMonth: null, askAbove: 3 })
  await limit({})
  expect(await readLimits(testing.database.read, personId)).toEqual(off)
})

test('a day: what is held counts, what came back does not, and after 24 hours there is room again', async () => {
  await limit({ perDay: 10 })
  const failing = await reserve(6)
  await expect(reserve(5)).rejects.toMatchObject({ code: 'cap_reached_day', params: { cap: 10, used: 6, need: 5 } })
  await end(failing, 0)
  await end(await reserve(6), 6)
  await end(await reserve(4), 4)
  await expect(reserve(1)).rejects.toMatchObject({ code: 'cap_reached_day', params: { cap: 10, used: 10, need: 1 } })
  clock.advance(24 * hour - 1)
  await expect(reserve(1)).rejects.toThrow()
  clock.advance(1)
  await reserve(10)
})

test('a month is 30 days, and counts beside the day', async () => {
  await limit({ perDay: 10, perMonth: 15 })
  await end(await reserve(10), 10)
  clock.advance(24 * hour)
  await expect(reserve(6)).rejects.toMatchObject({ code: 'cap_reached_month', params: { cap: 15, used: 10, need: 6 } })
  await end(await reserve(5), 5)
  clock.advance(29 * 24 * hour)
  await reserve(10)
})

test('a limit of nothing stops everything that costs, and nothing that is free', async () => {
  await limit({ perDay: 0 })
  await expect(reserve(1)).rejects.toMatchObject({ code: 'cap_reached_day' })
  await reserve(0)
})

test('above the price the person wants to be asked about, a job needs their word', async () => {
  await limit({ askAbove: 7 })
  await reserve(7)
  await expect(reserve(8)).rejects.toMatchObject({ code: 'confirmation_needed', params: { need: 8, limit: 7 } })
  await expect(reserve(8, false)).rejects.toMatchObject({ code: 'confirmation_needed' })
  await reserve(8, true)
})

test('a confirmed job still keeps to the caps', async () => {
  await limit({ perDay: 5, askAbove: 1 })
  await expect(reserve(6, true)).rejects.toMatchObject({ code: 'cap_reached_day' })
})

test('50 at once never pass a limit together', async () => {
  await limit({ perDay: 10 })
  const settled = await Promise.allSettled(Array.from({ length: 50 }, () => reserve(3)))
  expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
})

test('a clock that is set back does not open a limit', async () => {
  await limit({ perDay: 10 })
  await end(await reserve(10), 10)
  clock.leap(-24 * hour)
  await expect(reserve(1)).rejects.toMatchObject({ code: 'cap_reached_day' })
  clock.leap(24 * hour)
})
