import { existsSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { Kysely } from 'kysely'
import { createConnection } from './connection.ts'
import { sqliteDialect } from './dialect.ts'
import { DatabaseError } from './errors.ts'
import type { Schema } from './schema.ts'

/** For looking at a database beside the process that owns it: takes no lock, and can change nothing. */
export function openReadOnly(file: string): { read: Kysely<Schema>; close(): void } {
  if (!existsSync(file)) throw new DatabaseError(`There is no database at ${file}.`)
  const sqlite = new Sqlite(file, { readonly: true, timeout: 5000 })
  return {
    read: new Kysely<Schema>({ dialect: sqliteDialect(createConnection(sqlite, 'read')) }),
    close: () => void sqlite.close(),
  }
}
