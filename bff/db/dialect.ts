import { type Dialect, type Driver, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import type { Connection } from './connection.ts'

/** SQLite rolls back CREATE TABLE like anything else; Kysely's own adapter is careful only because of pragmas. */
class TransactionalDdlAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

/** Kysely over one of our connections. */
export const sqliteDialect = (connection: Connection): Dialect => ({
  createAdapter: () => new TransactionalDdlAdapter(),
  createDriver: () => createDriver(connection),
  createIntrospector: db => new SqliteIntrospector(db),
  createQueryCompiler: () => new SqliteQueryCompiler(),
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
