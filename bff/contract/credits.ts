import type { Static } from 'typebox'
import { Credits, closed } from './common.ts'

/** What the person can spend now (holds taken off), and what is held for open jobs. */
export const Balance = closed({
  available: Credits,
  free: Credits,
  paid: Credits,
  held: Credits,
})
export type Balance = Static<typeof Balance>
