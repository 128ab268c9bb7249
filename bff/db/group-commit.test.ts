import Sqlite from 'better-sqlite3'
import { CompiledQuery, sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../test/database.ts'
import { insertPerson } from '../test/rows.ts'
import type { Database, Trx } from './database.ts'
import { openDatabase } from './open.ts'

let testing: TestDatabase
let database: Database
beforeEach(async () => {
  testing = await testDatabase()
  database = testing.database
})
afterEach(() => testing.close())

const people = async (trx: Trx) => {
  const rows = await trx.selectFrom('person').select('id').orderBy('id').execute()
  return rows.map(({ id }) => id)
}
const run = (trx: Trx, statement: string) => trx.executeQuery(CompiledQuery.raw(statement))
const statuses = (settled: PromiseSettledResult<unknown>[]) => settled.map(({ status }) => status)

test('waiting bodies run in the order they came and see what the earlier ones wrote', async () => {
  const seen = await Promise.all(
    ['a', 'b', 'c'].map(id =>
      database.write(async trx => {
        const before = await people(trx)
        await insertPerson(trx, id)
        return before
      }),
    ),
  )
  expect(seen).toEqual([[], ['a'], ['a', 'b']])
})

test('a body that fails undoes itself only', async () => {
  const settled = await Promise.allSettled(
    ['a', 'b', 'c', 'd'].map(id =>
      database.write(async trx => {
        await insertPerson(trx, id)
        if (id === 'b') throw new Error('b does not want to')
        return id
      }),
    ),
  )
  expect(settled).toMatchObject([
    { value: 'a' },
    { reason: new Error('b does not want to') },
    { value: 'c' },
    { value: 'd' },
  ])
  expect(await people(database.read)).toEqual(['a', 'c', 'd'])
})

test('a body that fails alone leaves nothing', async () => {
  const failing = database.write(async trx => {
    await insertPerson(trx, 'a')
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  expect(await people(database.read)).toEqual([])
})

test('nothing is visible and nobody is answered before COMMIT', async () => {
  const answered: string[] = []
  const duringLast: unknown[] = []
  const write = (id: string, look = false) =>
    database
      .write(async trx => {
        await insertPerson(trx, id)
        if (look) duringLast.push([...answered], await people(database.read))
      })
      .then(() => answered.push(id))
  await Promise.all([write('a'), write('b'), write('c', true)])
  expect(duringLast).toEqual([[], []])
  expect(answered).toEqual(['a', 'b', 'c'])
  expect(await people(database.read)).toEqual(['a', 'b', 'c'])
})

test.each([1, 3])('when COMMIT fails all %i bodies are told so and nothing is kept', async count => {
  const bodies = Array.from({ length: count }, (_, index) =>
    database.write(async trx => {
      await insertPerson(trx, `person ${index}`)
      if (index > 0 || count === 1) return breakCommit(trx)
    }),
  )
  expect(statuses(await Promise.allSettled(bodies))).toEqual(Array(count).fill('rejected'))
  expect(await people(database.read)).toEqual([])
  await database.write(trx => insertPerson(trx, 'later'))
  expect(await people(database.read)).toEqual(['later'])
})

/** A missing parent that SQLite looks for only at COMMIT. */
async function breakCommit(trx: Trx): Promise<void> {
  await run(trx, 'pragma defer_foreign_keys = on')
  await trx
    .insertInto('person_key')
    .values({ person_id: 'nobody', wrapped_key: Buffer.of(1) })
    .execute()
}

test('[C71d] a full disk in the middle of a group: nobody is told "done", and writing goes on when there is space', async () => {
  const { page_count } = (await sql<{ page_count: number }>`pragma page_count`.execute(database.read)).rows[0]!
  await database.write(trx => run(trx, `pragma max_page_count = ${page_count + 2}`))
  const settled = await Promise.allSettled([
    database.write(trx => insertPerson(trx, 'before')),
    database.write(trx => insertMuch(trx)),
    database.write(trx => insertPerson(trx, 'after')),
  ])
  expect(settled).toMatchObject(Array(3).fill({ reason: { code: 'storage_full' } }))
  expect(await people(database.read)).toEqual([])

  await database.write(trx => run(trx, 'pragma max_page_count = 1000000'))
  await database.write(trx => insertMuch(trx))
  expect(await people(database.read)).toHaveLength(1)
})

test('a body that hides a full disk is not believed', async () => {
  const { page_count } = (await sql<{ page_count: number }>`pragma page_count`.execute(database.read)).rows[0]!
  await database.write(trx => run(trx, `pragma max_page_count = ${page_count + 2}`))
  const settled = await Promise.allSettled([
    database.write(trx => insertPerson(trx, 'before')),
    database.write(trx => insertMuch(trx).catch(() => 'fine')),
    database.write(trx => insertPerson(trx, 'after')),
  ])
  expect(statuses(settled)).toEqual(['rejected', 'rejected', 'rejected'])
  expect(await people(database.read)).toEqual([])
})

const insertMuch = (trx: Trx) =>
  trx
    .insertInto('person')
    .values({ id: 'much', subject_hash: '', email: Buffer.alloc(100_000), name: Buffer.of(1), created_at: 0 })
    .execute()

test('[C72a] another program that keeps the lock: 503, and writing goes on when it lets go', async () => {
  await database.write(trx => run(trx, 'pragma busy_timeout = 1'))
  const other = new Sqlite(testing.file)
  other.exec('begin immediate')
  const writes = ['a', 'b'].map(id => database.write(trx => insertPerson(trx, id)))
  expect(await Promise.allSettled(writes)).toMatchObject(Array(2).fill({ reason: { code: 'unavailable' } }))
  other.close()
  await database.write(trx => insertPerson(trx, 'c'))
  expect(await people(database.read)).toEqual(['c'])
})

test('a body that waits for something else than the database loses its write, and the lock is free again', async () => {
  const waiting = database.write(async trx => {
    await insertPerson(trx, 'a')
    await new Promise(() => {})
  })
  await expect(waiting).rejects.toThrow('awaited something other')
  await database.write(trx => insertPerson(trx, 'b'))
  expect(await people(database.read)).toEqual(['b'])
})

test('a write inside a write is refused instead of waiting for itself', async () => {
  await expect(database.write(() => database.write(async () => 1))).rejects.toThrow('awaited something other')
})

test('a transaction kept beyond its write refuses to work', async () => {
  const kept = await database.write(async trx => ({ trx }))
  await expect(insertPerson(kept.trx, 'a')).rejects.toThrow()
  await expect(run(kept.trx, 'delete from person')).rejects.toThrow('has ended')
})

test('more writes than fit one group are all done', async () => {
  const ids = await Promise.all(Array.from({ length: 300 }, () => database.write(trx => insertPerson(trx))))
  expect(await people(database.read)).toEqual(ids.toSorted())
})

test('close finishes what waits and takes nothing new', async () => {
  const writes = Promise.all(['a', 'b'].map(id => database.write(trx => insertPerson(trx, id))))
  const closing = database.close()
  await expect(database.write(async () => 1)).rejects.toMatchObject({ code: 'unavailable' })
  await closing
  expect(await writes).toEqual(['a', 'b'])
  const reopened = await openDatabase({ file: testing.file })
  expect(await people(reopened.read)).toEqual(['a', 'b'])
  await reopened.close()
})
