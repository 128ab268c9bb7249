import { isOpen, type Job } from '../jobs/state.ts'

/** Fewer than this many more of the usual kind are worth a word. */
const fewLeft = 10

/** How many more like the last one the credits are enough for, once that is little; null while there is nothing to say. */
export function fewMore(jobs: readonly Job[], available: number): number | null {
  if (jobs.some(isOpen)) return null
  const last = jobs
    .filter(({ charged, endedAt }) => charged !== null && charged > 0 && endedAt !== null)
    .toSorted((a, b) => (b.endedAt ?? 0) - (a.endedAt ?? 0))
    .find(({ kind }) => kind !== 'reading')
  if (!last?.charged) return null
  const more = Math.floor(available / last.charged)
  return more < fewLeft ? more : null
}
