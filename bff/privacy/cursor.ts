import { ProblemError } from '../contract/problems.ts'
import type { PersonVault } from './vault.ts'

/** Place in a list that runs from new to old. */
export interface Place {
  at: number
  id: string
}

/**
 * The mark makes a cursor worthless to anybody else and in any other list, and an edited one worthless to its owner.
 */
const mark = (vault: PersonVault, list: string, place: string) =>
  vault.fingerprint(`${list} cursor`, place).slice(0, 32)

function writeCursor(vault: PersonVault, list: string, { at, id }: Place): string {
  const place = `${at}.${id}`
  return `${place}.${mark(vault, list, place)}`
}

/** Throws invalid_cursor unless this person's own `writeCursor` made it for this list. */
function readCursor(vault: PersonVault, list: string, cursor: string): Place {
  const [, place, at, id, ending] = /^((\d{1,16})\.([0-9a-f-]{36}))\.([0-9a-f]{32})$/.exec(cursor) ?? []
  if (!place || !at || !id || ending !== mark(vault, list, place)) throw new ProblemError('invalid_cursor')
  return { at: Number(at), id }
}

interface Wanted<Row> {
  /** Of the page before, as it was given out. */
  cursor: string | undefined
  limit: number
  /** The rows after a place (null: from the newest), so many at most. */
  read(after: Place | null, limit: number): Promise<Row[]>
  placeOf(row: Row): Place
}

/** One page of a list that runs from new to old, with the cursor of the next; null at its end. */
export async function readPage<Row>(
  vault: PersonVault,
  list: string,
  { cursor, limit, read, placeOf }: Wanted<Row>,
): Promise<{ rows: Row[]; next: string | null }> {
  // One more than asked for tells whether there is a next page.
  const found = await read(cursor === undefined ? null : readCursor(vault, list, cursor), limit + 1)
  const rows = found.slice(0, limit)
  const last = found.length > limit ? rows.at(-1) : undefined
  return { rows, next: last ? writeCursor(vault, list, placeOf(last)) : null }
}
