import { expect, onTestFinished, test } from 'vitest'
import { audit } from '../../ledger/audit.ts'
import { createLedger } from '../../ledger/ledger.ts'
import { longestHoldMs, staleHolds } from '../../ledger/stale-holds.ts'
import { aPicture, testApp } from '../../test/app.ts'
import { createClock } from '../../test/clock.ts'
import { testDatabase } from '../../test/database.ts'
import { endJobRow, insertJob, insertPerson } from '../../test/rows.ts'

const concurrency = 1

test('[I11] no hold outlives the longest job: what nothing else ended ends, and its credits return', async () => {
  const app = await testApp({ limits: { concurrency } })
  onTestFinished(() => app.close())
  const person = await app.addPerson()
  const picture = await aPicture()
  const [running, waiting] = [await app.submit(person, picture), await app.submit(person, picture)]
  await app.provider.called(0)
  expect(await app.balance(person)).toMatchObject({ available: 48, held: 2 })

  // The clock is set forward, so that no timer of the jobs themselves falls due.
  app.clock.leap(longestHoldMs)
  await app.generations.sweep()
  expect((await app.balance(person)).held).toBe(2)
  app.clock.leap(1)
  await app.generations.sweep()
  expect(await app.balance(person)).toMatchObject({ available: 50, held: 0 })
  expect(await app.generation(person, running.json().id)).toMatchObject({ state: 'unknown', problem: 'interrupted' })
  expect(await app.generation(person, waiting.json().id)).toMatchObject({ state: 'failed', problem: 'interrupted' })
  expect(await staleHolds(app.database.read, app.clock.now() + 1)).toEqual([])
  expect(await audit(app.database.read)).toEqual([])
})

test('only open jobs whose own hold is too old are found: not one that is younger, that has ended, or that costs nothing', async () => {
  const { database, close } = await testDatabase()
  onTestFinished(close)
  const clock = createClock()
  const ledger = createLedger(clock)
  const ids = await database.write(async trx => {
    const personId = await insertPerson(trx)
    await ledger.open(trx, personId)
    await ledger.grantFree(trx, { personId, subjectHash: personId, credits: 10 })
    const job = async (price: number) => {
      const jobId = (await insertJob(trx, { person_id: personId, price }))!
      await ledger.hold(trx, { personId, jobId, price })
      return jobId
    }
    const [old, ended, free] = [await job(1), await job(1), await job(0)]
    await ledger.void(trx, ended)
    await endJobRow(trx, ended, 'failed', 0)
    clock.advance(1)
    return { old, ended, free, young: await job(1) }
  })
  expect(await staleHolds(database.read, clock.now())).toEqual([ids.old])
})
