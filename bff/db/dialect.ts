import { type Dialect, type Driver, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import type { Connection } from './connection.ts'

/** SQLite rolls back CREATE TABLE like anything else; Kysely's own adapter is careful only because of pragmas. */
class TransactionalDdlAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

/**
 * better-sqlite3 is built with SQLITE_ENABLE_STAT4, and SQLite then plans a statement anew for every new value of a
 * parameter that its planner looked at (https://sqlite.org/qpsg.html): joins, lists and partial indexes cost ten times
 * as much. The planner does not look behind a plus sign, which changes nothing else.
 */
class StablePlanCompiler extends SqliteQueryCompiler {
  protected override getCurrentParameterPlaceholder(): string {
    return '+?'
  }
}

/** Kysely over one of our connections. */
export const sqliteDialect = (connection: Connection): Dialect => ({
  createAdapter: () => new TransactionalDdlAdapter(),
  createDriver: () => createDriver(connection),
  createIntrospector: db => new SqliteIntrospector(db),
  createQueryCompiler: () => new StablePlanCompiler(),
})

const createDriver = (connection: Connection): Driver => ({
  init: async () => {},
  acquireConnection: async () => connection,
  releaseConnection: async () => {},
  beginTransaction: async () => connection.begin(),
  commitTransaction: async () => connection.commit(),
  rollbackTransaction: async () => connection.rollback(),
  destroy: async () => connection.close(),
})
