import type { Kysely, Transaction } from 'kysely'
import type { Schema } from './schema.ts'

/** The one handle that may be used inside a write; a `Database` used there would wait for itself for ever. */
export type Trx = Pick<
  Transaction<Schema>,
  'selectFrom' | 'insertInto' | 'updateTable' | 'deleteFrom' | 'executeQuery' | 'getExecutor'
>

/** For modules that only look, inside or outside a write. */
export type Reader = Pick<Trx, 'selectFrom'>

export interface Database {
  /** Committed rows only, through a read-only connection. */
  readonly read: Kysely<Schema>
  /**
   * Runs `body` in a transaction that holds the write lock and resolves after COMMIT has reached the disk.
   * Waiting bodies share one transaction, each in its own savepoint: a throw undoes that body only.
   * Inside: only `trx`, no network, file or timer.
   */
  write<T>(body: (trx: Trx) => Promise<T>): Promise<T>
  close(): Promise<void>
}
