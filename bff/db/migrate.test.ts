import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createConnection } from './connection.ts'
import { sqliteDialect } from './dialect.ts'
import { migrate } from './migrate.ts'
import { first } from './migrations/0001-first.ts'
import { openDatabase } from './open.ts'
import type { Schema } from './schema.ts'

let dir: string
let file: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'mimicit-migrate-'))
  file = join(dir, 'mimicit.sqlite')
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const tables = () => {
  const sqlite = new Sqlite(file)
  const names = sqlite.prepare("select name from sqlite_schema where type = 'table' order by name").pluck().all()
  sqlite.close()
  return names
}
const makes = (table: string): Migration => ({
  up: async db => void (await sql.raw(`create table ${table} (id)`).execute(db)),
})

async function run(migrations: Record<string, Migration>): Promise<void> {
  const sqlite = new Sqlite(file)
  const db = new Kysely<Schema>({ dialect: sqliteDialect(createConnection(sqlite, 'write')) })
  try {
    await migrate(db, sqlite, migrations)
  } finally {
    sqlite.close()
  }
}

test('a migration that fails leaves the schema as it was, also the ones before it', async () => {
  await run({ '0001-a': makes('a') })
  const before = tables()
  const failing: Migration = { up: () => Promise.reject(new Error('no')) }
  await expect(run({ '0001-a': makes('a'), '0002-b': makes('b'), '0003-c': failing })).rejects.toThrow('no')
  expect(tables()).toEqual(before)
  await run({ '0001-a': makes('a'), '0002-b': makes('b'), '0003-c': makes('c') })
  expect(tables()).toEqual(expect.arrayContaining(['a', 'b', 'c']))
})

test('a second migration keeps what people have, and from then on the version before it refuses the database', async () => {
  const newer = { '0001-first': first, '0002-second': makes('second') }
  await (await openDatabase({ file })).close()
  const sqlite = new Sqlite(file)
  const rows = () => sqlite.prepare('select * from person').all()
  sqlite.exec("insert into person values ('p', 's', x'01', x'02', null, 1)")
  const before = rows()
  await run(newer)
  await run(newer)
  expect(rows()).toEqual(before)
  sqlite.close()
  expect(tables()).toContain('second')
  await expect(openDatabase({ file })).rejects.toThrow('a newer version (migration 0002-second)')
})

test('[C69] killed in the middle of the first migration: the next start finishes it', async () => {
  const module = (name: string) => JSON.stringify(import.meta.resolve(name))
  const killed = spawn(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `import Sqlite from 'better-sqlite3'
    import { Kysely, sql } from 'kysely'
    import { createConnection } from ${module('./connection.ts')}
    import { sqliteDialect } from ${module('./dialect.ts')}
    import { migrate } from ${module('./migrate.ts')}
    import { first } from ${module('./migrations/0001-first.ts')}
    const sqlite = new Sqlite(${JSON.stringify(file)})
    sqlite.pragma('journal_mode = WAL')
    sqlite.pragma('cache_size = 1') // writes to the file long before COMMIT
    const db = new Kysely({ dialect: sqliteDialect(createConnection(sqlite, 'write')) })
    await migrate(db, sqlite, { '0001-first': { up: async db => {
      await first.up(db)
      await sql.raw('create table half (id)').execute(db)
      process.kill(process.pid, 'SIGKILL')
    } } })`,
    ],
    { cwd: import.meta.dirname },
  )
  const [, signal] = await once(killed, 'exit')
  expect(signal).toBe('SIGKILL')
  expect(tables()).not.toContain('half')

  const database = await openDatabase({ file })
  expect(await database.read.selectFrom('account').select('id').execute()).toHaveLength(4)
  await database.close()
  expect(tables()).not.toContain('half')
})
