import type { Database as Sqlite } from 'better-sqlite3'
import type { DatabaseConnection, QueryResult } from 'kysely'
import { diskProblem } from './disk-problem.ts'
import { statementCache } from './statement-cache.ts'

/** One SQLite connection as Kysely wants it, and as the group commit wants it: at once, without promises. */
export interface Connection extends DatabaseConnection {
  query<Row>(sql: string, parameters?: readonly unknown[]): QueryResult<Row>
  /** A writer takes the lock at once, so that read-then-write cannot fail half way. */
  begin(): void
  commit(): void
  /** Does nothing when SQLite has rolled back already; a second rollback would hide the first error. */
  rollback(): void
  isInTransaction(): boolean
  close(): void
}

/**
 * Statements are prepared once, and trouble with the disk becomes a ProblemError. A writer refuses statements outside a
 * transaction: when SQLite itself has rolled back (disk full), what follows must not commit on its own.
 */
export function createConnection(sqlite: Sqlite, use: 'read' | 'write'): Connection {
  const prepare = statementCache(sqlite)
  // Asking SQLite costs as much as a small statement, and only begin, the end and errors change the answer.
  let inTransaction = sqlite.inTransaction

  function query<Row>(sql: string, parameters: readonly unknown[] = []): QueryResult<Row> {
    if (use === 'write' && !inTransaction) throw new Error('The writer runs statements only in a transaction.')
    try {
      const statement = prepare(sql)
      if (statement.reader) return { rows: statement.all(parameters) as Row[] }
      const { changes, lastInsertRowid } = statement.run(parameters)
      return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) }
    } catch (error) {
      inTransaction = sqlite.inTransaction
      throw diskProblem(error)
    }
  }

  function command(sql: string): void {
    try {
      prepare(sql).run()
    } catch (error) {
      throw diskProblem(error)
    } finally {
      inTransaction = sqlite.inTransaction
    }
  }

  return {
    query,
    executeQuery: async ({ sql, parameters }) => query(sql, parameters),
    // biome-ignore lint/correctness/useYield: a stream would keep the connection busy between rows.
    async *streamQuery() {
      throw new Error('Streaming is not offered; read pages by cursor.')
    },
    begin: () => command(use === 'write' ? 'begin immediate' : 'begin'),
    commit: () => command('commit'),
    rollback: () => {
      if (inTransaction) command('rollback')
    },
    isInTransaction: () => inTransaction,
    close: () => void sqlite.close(),
  }
}
