import { dirname, join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { DatabaseError } from './errors.ts'

/** Throws when SQLite finds the file damaged: serving from it could lose or invent credits. */
export function checkIntegrity(sqlite: Sqlite.Database): void {
  const findings = sqlite.pragma('quick_check(1)', { simple: true })
  if (findings !== 'ok') throw damaged(sqlite.name, String(findings))
}

/** The error for a file that SQLite cannot read, or the error as it was. */
export function readableError(file: string, error: unknown): unknown {
  if (!(error instanceof Sqlite.SqliteError)) return error
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(error.code)) return damaged(file, error.message)
  if (/^SQLITE_(READONLY|CANTOPEN|IOERR|FULL)/.test(error.code))
    return new DatabaseError(
      `${file} cannot be written (${error.message}). Check the disk and the rights of the folder.`,
    )
  return error
}

function damaged(file: string, finding: string): DatabaseError {
  const backups = join(dirname(file), 'backup')
  return new DatabaseError(
    `${file} is damaged (${finding}). Nothing was changed. Put the newest copy from ${backups} in its place.`,
  )
}
