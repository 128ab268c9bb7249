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
  // Takes the write lock at once, so that read-then-write cannot fail half way.
  beginTransaction: async () => connection.command('begin immediate'),
  commitTransaction: async () => connection.command('commit'),
  // After disk trouble SQLite may have rolled back already; a second rollback would hide the first error.
  rollbackTransaction: async () => {
    if (connection.isInTransaction()) connection.command('rollback')
  },
  destroy: async () => connection.close(),
})
