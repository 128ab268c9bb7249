import { ProblemError } from '../contract/problems.ts'
import type { PersonVault } from '../privacy/vault.ts'

/** Place in a list that runs from new to old. */
export interface Place {
  createdAt: number
  id: string
}

/** The mark makes a cursor worthless to anybody else, and an edited one worthless to its owner. */
const mark = (vault: PersonVault, place: string) => vault.fingerprint('picture cursor', place).slice(0, 32)

export function writeCursor(vault: PersonVault, { createdAt, id }: Place): string {
  const place = `${createdAt}.${id}`
  return `${place}.${mark(vault, place)}`
}

/** Throws invalid_cursor unless this person's own `writeCursor` made it. */
export function readCursor(vault: PersonVault, cursor: string): Place {
  const [, place, createdAt, id, ending] = /^((\d{1,16})\.([0-9a-f-]{36}))\.([0-9a-f]{32})$/.exec(cursor) ?? []
  if (!place || !createdAt || !id || ending !== mark(vault, place)) throw new ProblemError('invalid_cursor')
  return { createdAt: Number(createdAt), id }
}
