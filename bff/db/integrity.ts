import { dirname, join } from 'node:path'
import type Sqlite from 'better-sqlite3'
import { DatabaseError } from './errors.ts'

/**
 * Throws when SQLite finds the file damaged: serving from it could lose or invent credits. The full check takes about
 * twice as long as the quick one (half a second per 40 MB), but only it compares every index with its table and so
 * notices most single wrong bits.
 */
export function checkIntegrity(sqlite: Sqlite.Database): void {
  const finding = String(sqlite.pragma('integrity_check(1)', { simple: true }))
  if (finding !== 'ok') throw damaged(sqlite.name, finding.split('\n').at(-1)!)
}

/** The error for a file that cannot be read or written, or the error as it was. */
export function readableError(file: string, error: unknown): unknown {
  const { code = '', message, syscall } = error as NodeJS.ErrnoException
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) return damaged(file, message)
  if (/^SQLITE_(READONLY|CANTOPEN|IOERR|FULL)/.test(code) || syscall !== undefined)
    return new DatabaseError(`${file} cannot be written (${message}). Check the disk and the rights of the folder.`)
  return error
}

function damaged(file: string, finding: string): DatabaseError {
  const backups = join(dirname(file), 'backup')
  return new DatabaseError(
    `${file} is damaged (${finding}). Nothing was changed. Put the newest copy from ${backups} in its place.`,
  )
}
