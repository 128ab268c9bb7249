import Sqlite from 'better-sqlite3'
import { DatabaseError } from './errors.ts'

/**
 * Keeps every other process (and every other opening in this one) off `file` until released. The lock is SQLite's own
 * on an empty file beside it: the system drops it when the process dies, so there is nothing stale to clean up.
 */
export function lockFile(file: string): { close(): void } {
  const lock = new Sqlite(`${file}.lock`, { timeout: 0 })
  try {
    lock.pragma('journal_mode = memory')
    lock.exec('begin exclusive')
  } catch (error) {
    lock.close()
    if (!(error instanceof Sqlite.SqliteError && error.code === 'SQLITE_BUSY')) throw error
    throw new DatabaseError(
      `${file} is in use by another process. Only one backend may run on a database: stop it first.`,
    )
  }
  return { close: () => void lock.close() }
}
