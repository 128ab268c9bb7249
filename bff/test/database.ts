import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from '../db/database.ts'
import { openDatabase } from '../db/open.ts'

export interface TestDatabase {
  database: Database
  /** A folder of its own; `file` stands in it, and other test data may too. */
  dir: string
  file: string
  /** Closes the database and removes the folder. */
  close(): Promise<void>
}

/** An empty, migrated database in a new temporary folder. */
export async function testDatabase(): Promise<TestDatabase> {
  const dir = await mkdtemp(join(tmpdir(), 'mimicit-'))
  const file = join(dir, 'mimicit.sqlite')
  await copyMigrated(file)
  const database = await openDatabase({ file })
  return {
    database,
    dir,
    file,
    async close() {
      await database.close()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

let migrated: Promise<string> | undefined

/** Puts an empty, migrated database at `to`: the migrations run once per process, and bff/db proves them. */
export async function copyMigrated(to: string): Promise<void> {
  migrated ??= migrate()
  await copyFile(await migrated, to)
}

async function migrate(): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'mimicit-migrated-')), 'mimicit.sqlite')
  await (await openDatabase({ file })).close()
  return file
}
