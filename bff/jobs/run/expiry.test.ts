import { expect, onTestFinished, test } from 'vitest'
import { audit } from '../../ledger/audit.ts'
import { createLedger } from '../../ledger/ledger.ts'
import { longestHoldMs, staleHolds } from '../../ledger/stale-holds.ts'
import { testApp } from '../../test/app.ts'
import { createClock } from '../../test/clock.ts'
import { testDatabase } from '../../test/database.ts'
import { endJobRow, insertJob, insertPerson } from '../../test/rows.ts'

test('[I11] no hold outlives the longest job: what nothing else ended ends, and its credits return', async () => {
  const app = await testApp()
  onTestFinished(() => app.close())
  const person = await app.addPerson()
  const ledger = createLedger(app.clock)
  // Jobs that the worker knows nothing of.
  const [calling, queued] = await app.database.write(trx =>
    Promise.all(
      [{ state: 'calling' as const }, { provider: 'gone' }].map(async job => {
        const jobId = (await insertJob(trx, { person_id: person.id, price: 1, ...job }))!
        await ledger.hold(trx, { personId: person.id, jobId, price: 1 })
        return jobId
      }),
    ),
  )
  expect(await app.balance(person)).toMatchObject({ available: 48, held: 2 })

  app.clock.advance(longestHoldMs)
  await app.generations.sweep()
  expect((await app.balance(person)).held).toBe(2)
  app.clock.advance(1)
  await app.generations.sweep()
  expect(await app.balance(person)).toMatchObject({ available: 50, held: 0 })
  const ends = await app.database.read.selectFrom('job').select(['id', 'state', 'problem']).orderBy('state').execute()
  expect(ends).toEqual([
    { id: queued, state: 'failed', problem: 'interrupted' },
    { id: calling, state: 'unknown', problem: 'interrupted' },
  ])
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
