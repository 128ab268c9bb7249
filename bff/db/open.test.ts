import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { CompiledQuery } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { insertPerson } from '../test/rows.ts'
import { DatabaseError } from './errors.ts'
import { openDatabase } from './open.ts'

let dir: string
let file: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'mimicit-open-'))
  file = join(dir, 'data', 'mimicit.sqlite')
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const openModule = JSON.stringify(import.meta.resolve('./open.ts'))
const databaseFile = () => JSON.stringify(file)

/** Runs a program in a process of its own. */
const child = (program: string) =>
  spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: ['ignore', 'pipe', 'pipe'] })

/** Writes some people and answers the id of the last one. */
async function fill(people = 1): Promise<string> {
  const database = await openDatabase({ file })
  const id = await database.write(async trx => {
    for (let count = 1; count < people; count++) await insertPerson(trx)
    return insertPerson(trx)
  })
  await database.close()
  return id
}

describe('[P60] who may touch the database', () => {
  test('an empty folder becomes a migrated database that only its owner can read', async () => {
    const database = await openDatabase({ file })
    const accounts = await database.read.selectFrom('account').select('id').orderBy('id').execute()
    expect(accounts.map(({ id }) => id)).toEqual(['forfeit', 'promo', 'revenue', 'sales'])
    await database.write(trx => insertPerson(trx))
    const rights = (path: string) => (statSync(path).mode & 0o777).toString(8)
    expect(rights(join(dir, 'data'))).toBe('700')
    const files = readdirSync(join(dir, 'data'))
    expect(files).toContain('mimicit.sqlite-wal')
    for (const name of files) expect([name, rights(join(dir, 'data', name))]).toEqual([name, '600'])
    await database.close()
  })

  test('the reader changes neither rows nor tables', async () => {
    await fill()
    const database = await openDatabase({ file })
    for (const change of [
      'delete from person',
      'update person set id = 1',
      'drop table person',
      'create table own (a)',
    ])
      await expect(database.read.executeQuery(CompiledQuery.raw(change))).rejects.toMatchObject({
        cause: { code: 'SQLITE_READONLY' },
      })
    expect(await database.read.selectFrom('person').select('id').execute()).toHaveLength(1)
    await database.close()
  })
})

test('opening again keeps what was written and migrates nothing twice', async () => {
  await fill(2)
  const database = await openDatabase({ file })
  expect(await database.read.selectFrom('person').selectAll().execute()).toHaveLength(2)
  await database.close()
})

test('the writer has the pragmas that durability and the guards need', async () => {
  const database = await openDatabase({ file })
  const pragma = (name: string) =>
    database.write(
      async trx => Object.values((await trx.executeQuery<object>(CompiledQuery.raw(`pragma ${name}`))).rows[0]!)[0],
    )
  expect(await pragma('journal_mode')).toBe('wal')
  expect(await pragma('synchronous')).toBe(2)
  expect(await pragma('foreign_keys')).toBe(1)
  expect(await pragma('recursive_triggers')).toBe(1)
  expect(await pragma('busy_timeout')).toBe(5000)
  await database.close()
})

test('several reads can share one moment', async () => {
  const database = await openDatabase({ file })
  const count = async (db: Pick<typeof database.read, 'selectFrom'>) =>
    (await db.selectFrom('person').select('id').execute()).length
  await database.read.transaction().execute(async snapshot => {
    expect(await count(snapshot)).toBe(0)
    await database.write(trx => insertPerson(trx))
    expect(await count(snapshot)).toBe(0)
  })
  expect(await count(database.read)).toBe(1)
  await database.close()
})

test('[C76] a second process on the same file refuses to start and says why', async () => {
  const first = await openDatabase({ file })
  const program = `const { openDatabase } = await import(${openModule}); await openDatabase({ file: ${databaseFile()} })`
  const second = child(program)
  const output = second.stderr.setEncoding('utf8').toArray()
  const [code] = await once(second, 'exit')
  expect(code).toBe(1)
  expect((await output).join('')).toContain('is in use by another process. Only one backend may run on a database')
  await expect(openDatabase({ file })).rejects.toThrow('is in use by another process')
  await first.write(trx => insertPerson(trx))
  await first.close()
})

test('a killed process leaves no lock behind', async () => {
  const owner = child(`const { openDatabase } = await import(${openModule})
    await openDatabase({ file: ${databaseFile()} })
    console.log('open')
    setInterval(() => {}, 1000)`)
  await once(owner.stdout, 'data')
  await expect(openDatabase({ file })).rejects.toThrow('is in use by another process')
  owner.kill('SIGKILL')
  await once(owner, 'exit')
  await (await openDatabase({ file })).close()
})

test('a database written by a newer version is refused untouched', async () => {
  await fill()
  const sqlite = new Sqlite(file)
  sqlite.exec("insert into kysely_migration values ('9999-later', '2030-01-01T00:00:00.000Z')")
  sqlite.close()
  const before = readFileSync(file)
  await expect(openDatabase({ file })).rejects.toThrow(
    'was written by a newer version (migration 9999-later). Start that version or a later one.',
  )
  expect(readFileSync(file).equals(before)).toBe(true)
})

test.each([
  ['the header', () => 3],
  ['the root of a table', () => 4096 * 5],
  ['an id', (bytes: Buffer, id: string) => bytes.indexOf(id) + 20],
])('[C72c] one wrong bit in %s: refuses to serve and names the backups', async (_, position) => {
  const id = await fill(200)
  const bytes = readFileSync(file)
  bytes[position(bytes, id)]! ^= 1
  writeFileSync(file, bytes)
  await expect(openDatabase({ file })).rejects.toThrow(
    new RegExp(`is damaged .* Put the newest copy from ${join(dir, 'data', 'backup')} in its place`),
  )
  expect(readFileSync(file).equals(bytes)).toBe(true)
})

test('a file that is no database is refused and not overwritten', async () => {
  await fill()
  writeFileSync(file, 'my notes, nothing else\n'.repeat(300))
  await expect(openDatabase({ file })).rejects.toThrow('is damaged')
  expect(readFileSync(file, 'utf8')).toContain('my notes')
})

const nobody = 65534

/** Runs without the rights of root, who may write what is read-only. */
async function withoutRights<T>(run: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return run()
  process.seteuid!(nobody)
  try {
    return await run()
  } finally {
    process.seteuid!(0)
  }
}

test.each([
  ['a file', () => chmodSync(file, 0o444)],
  ['a folder', () => chmodSync(dirname(file), 0o555)],
  ['a lock', () => chmodSync(`${file}.lock`, 0o444)],
])('[C72b] %s that may only be read: refuses to serve and says what to look at', async (_, makeReadOnly) => {
  await fill()
  if (process.geteuid?.() === 0)
    for (const path of [dir, dirname(file), file, `${file}.lock`]) chownSync(path, nobody, nobody)
  makeReadOnly()
  const before = readFileSync(file)
  const error = await withoutRights(() => openDatabase({ file })).catch(error => error)
  expect(error).toBeInstanceOf(DatabaseError)
  expect(error.message).toMatch(/mimicit\.sqlite cannot be written .* Check the disk and the rights of the folder\.$/)
  expect(readFileSync(file).equals(before)).toBe(true)
  chmodSync(dirname(file), 0o700)
})
