import type { Picture } from '../../../bff/contract/library.ts'
import { newestFirst } from '../state.ts'
import type { CacheEntry } from './rows.ts'

/** Keys of the blobs that must go so that the rest fits: the ones not used for longest. */
export function chooseEvictions(entries: readonly CacheEntry[], limit: number): string[] {
  let excess = entries.reduce((sum, entry) => sum + entry.bytes, 0) - limit
  const evicted: string[] = []
  for (const entry of [...entries].sort((a, b) => a.usedAt - b.usedAt)) {
    if (excess <= 0) break
    excess -= entry.bytes
    evicted.push(entry.key)
  }
  return evicted
}

/** Ids of the oldest rows beyond `limit`. */
export const chooseOldRows = (pictures: readonly Picture[], limit: number): string[] =>
  [...pictures]
    .sort(newestFirst)
    .slice(limit)
    .map(picture => picture.id)
