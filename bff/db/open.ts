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
  makePrivate(file)
  const lock = lockFile(file)
  const opened: Sqlite.Database[] = []
  try {
    const sqlite = new Sqlite(file, { timeout: busyMs })
    opened.push(sqlite)
    checkIntegrity(sqlite)
    setPragmas(sqlite)
    const connection = createConnection(sqlite, 'write')
    const db = new Kysely<Schema>({ dialect: sqliteDialect(connection) })
    await migrate(db, sqlite)

    const reader = new Sqlite(file, { readonly: true, timeout: busyMs })
    opened.push(reader)
    const read = new Kysely<Schema>({ dialect: sqliteDialect(createConnection(reader, 'read')) })
    const writer = createWriter(db, connection)

    return {
      read,
      write: writer.write,
      async close() {
        await writer.drain()
        reader.close()
        sqlite.close()
        lock.release()
      },
    }
  } catch (error) {
    for (const connection of opened) connection.close()
    lock.release()
    throw readableError(file, error)
  }
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
