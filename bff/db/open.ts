import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import Sqlite from 'better-sqlite3'
import { Kysely } from 'kysely'
import { createConnection } from './connection.ts'
import type { Database } from './database.ts'
import { sqliteDialect } from './dialect.ts'
import { lockFile } from './file-lock.ts'
import { createWriter } from './group-commit.ts'
import { checkIntegrity, readableError } from './integrity.ts'
import { migrate } from './migrate.ts'
import type { Schema } from './schema.ts'

/** How long a statement waits for another program's lock (an operator's sqlite3, a backup) before 503. */
const busyMs = 5000

/** Opens the database, making or migrating it first. Throws DatabaseError when it must not be served from. */
export async function openDatabase({ file }: { file: string }): Promise<Database> {
  /** What is open, in the order it has to be closed. */
  const opened: { close(): unknown }[] = []
  try {
    makePrivate(file)
    opened.unshift(lockFile(file))
    const sqlite = new Sqlite(file, { timeout: busyMs })
    opened.unshift(sqlite)
    checkIntegrity(sqlite)
    setPragmas(sqlite)
    const connection = createConnection(sqlite, 'write')
    const db = new Kysely<Schema>({ dialect: sqliteDialect(connection) })
    await migrate(db, sqlite)

    const reader = new Sqlite(file, { readonly: true, timeout: busyMs })
    opened.unshift(reader)
    const read = new Kysely<Schema>({ dialect: sqliteDialect(createConnection(reader, 'read')) })
    const writer = createWriter(db, connection)

    return {
      read,
      write: writer.write,
      async close() {
        await writer.drain()
        closeAll(opened)
      },
    }
  } catch (error) {
    closeAll(opened)
    throw readableError(file, error)
  }
}

function closeAll(opened: { close(): unknown }[]): void {
  for (const part of opened) part.close()
}

/** SQLite gives its -wal and -shm files the rights of the database file. */
function makePrivate(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  for (const path of [file, `${file}.lock`]) {
    closeSync(openSync(path, 'a', 0o600))
    chmodSync(path, 0o600)
  }
}

function setPragmas(sqlite: Sqlite.Database): void {
  sqlite.pragma('journal_mode = WAL')
  // FULL: a power cut must not take back a commit that was answered, such as the mark that a paid call has begun.
  sqlite.pragma('synchronous = FULL')
  sqlite.pragma('foreign_keys = ON')
  // Without it INSERT OR REPLACE replaces a row past its delete trigger.
  sqlite.pragma('recursive_triggers = ON')
}
