import type { Database as Sqlite } from 'better-sqlite3'
import {
  type DatabaseConnection,
  type Dialect,
  type Driver,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import { diskProblem } from './disk-problem.ts'
import { statementCache } from './statement-cache.ts'

/** SQLite rolls back CREATE TABLE like anything else; Kysely's own adapter is careful only because of pragmas. */
class TransactionalDdlAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

/**
 * Kysely over one better-sqlite3 connection. Differs from Kysely's own dialect in four points: statements are prepared
 * once, transactions take the write lock at once (`begin immediate`: read-then-write cannot fail half way), trouble
 * with the disk becomes a ProblemError, and a writer refuses statements outside a transaction. The last one matters
 * when SQLite itself has rolled back (disk full): what follows must not commit on its own.
 */
export function sqliteDialect(sqlite: Sqlite, use: 'read' | 'write'): Dialect {
  return {
    createAdapter: () => new TransactionalDdlAdapter(),
    createDriver: () => createDriver(sqlite, use),
    createIntrospector: db => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  }
}

function createDriver(sqlite: Sqlite, use: 'read' | 'write'): Driver {
  const connection = createConnection(sqlite, use)
  const run = (command: string) => {
    const statement = sqlite.prepare(command)
    return async () => void withDiskProblems(() => statement.run())
  }
  const rollback = run('rollback')
  return {
    init: async () => {},
    acquireConnection: async () => connection,
    releaseConnection: async () => {},
    beginTransaction: run(use === 'write' ? 'begin immediate' : 'begin'),
    commitTransaction: run('commit'),
    // After disk trouble SQLite may have rolled back already; a second rollback would hide the first error.
    rollbackTransaction: async () => {
      if (sqlite.inTransaction) await rollback()
    },
    destroy: async () => void sqlite.close(),
  }
}

function createConnection(sqlite: Sqlite, use: 'read' | 'write'): DatabaseConnection {
  const prepare = statementCache(sqlite)
  return {
    async executeQuery<R>({ sql, parameters }: { sql: string; parameters: readonly unknown[] }) {
      if (use === 'write' && !sqlite.inTransaction) throw new Error('The writer runs statements only in a transaction.')
      return withDiskProblems(() => {
        const statement = prepare(sql)
        if (statement.reader) return { rows: statement.all(parameters) as R[] }
        const { changes, lastInsertRowid } = statement.run(parameters)
        return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) }
      })
    },
    // biome-ignore lint/correctness/useYield: rows are small and read at once; a stream would keep the connection busy.
    async *streamQuery() {
      throw new Error('Streaming is not offered; read pages by cursor.')
    },
  }
}

function withDiskProblems<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw diskProblem(error)
  }
}
