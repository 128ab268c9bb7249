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

export function writeCursor(vault: PersonVault, list: string, { at, id }: Place): string {
  const place = `${at}.${id}`
  return `${place}.${mark(vault, list, place)}`
}

/** Throws invalid_cursor unless this person's own `writeCursor` made it for this list. */
export function readCursor(vault: PersonVault, list: string, cursor: string): Place {
  const [, place, at, id, ending] = /^((\d{1,16})\.([0-9a-f-]{36}))\.([0-9a-f]{32})$/.exec(cursor) ?? []
  if (!place || !at || !id || ending !== mark(vault, list, place)) throw new ProblemError('invalid_cursor')
  return { at: Number(at), id }
}
