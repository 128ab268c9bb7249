import Sqlite from 'better-sqlite3'
import { ProblemError } from '../contract/problems.ts'

/** Primary result codes that say the disk or the file failed, not the statement. */
const unavailable = ['BUSY', 'LOCKED', 'IOERR', 'READONLY', 'CANTOPEN', 'PROTOCOL', 'NOMEM', 'CORRUPT', 'NOTADB']

/** Trouble with the disk as the ProblemError a caller can answer (the cause is kept for the log); anything else as it is. */
export function diskProblem(error: unknown): unknown {
  if (!(error instanceof Sqlite.SqliteError)) return error
  // Extended codes such as SQLITE_IOERR_WRITE carry the primary one as their second word.
  const code = error.code.split('_')[1] ?? ''
  if (code === 'FULL') return withCause(new ProblemError('storage_full'), error)
  if (unavailable.includes(code)) return withCause(new ProblemError('unavailable'), error)
  return error
}

function withCause(problem: ProblemError, cause: unknown): ProblemError {
  problem.cause = cause
  return problem
}
