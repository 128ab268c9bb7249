import type { Picture } from '../../../bff/contract/library.ts'
import type { Results } from '../mirror.ts'
import { emptyState, type ResultsState, withPicture } from '../state.ts'
import type { LocalCache } from './local-cache.ts'

type Pictures = ResultsState['pictures']
type Copy = Pick<LocalCache, 'open' | 'savePictures' | 'removePictures' | 'saveDismissed'>

/** What has to be written so that a copy of `before` becomes one of `after`. */
export const changesBetween = (before: Pictures, after: Pictures): { saved: Picture[]; removed: string[] } => ({
  saved: Object.values(after).filter(picture => before[picture.id] !== picture),
  removed: Object.keys(before).filter(id => !(id in after)),
})

/** Brings the local copy into the panel, and keeps it in step until the person leaves. */
export async function keepCopy(results: Results, cache: Copy, personId: string, left: AbortSignal): Promise<void> {
  const held = await cache.open(personId)
  // Opening can take long; by now the panel may show somebody else.
  if (left.aborted) return
  // Older than any answer: it fills gaps and never overrides.
  const time = { asked: 0, arrived: 0 }
  results.update(state => ({
    ...held.pictures.reduce((result, picture) => withPicture(result, picture, time), state),
    dismissed: [...new Set([...held.dismissed, ...state.dismissed])],
  }))

  let copied = Object.fromEntries(held.pictures.map(picture => [picture.id, picture])) as Pictures
  const copy = (state: ResultsState, before: ResultsState): void => {
    // Emptying the panel says nothing about the copy; whoever empties it does so for itself.
    if (state === emptyState) return
    if (state.dismissed !== before.dismissed) void cache.saveDismissed(state.dismissed)
    if (state.pictures === copied) return
    const { saved, removed } = changesBetween(copied, state.pictures)
    copied = state.pictures
    if (saved.length > 0) void cache.savePictures(saved)
    if (removed.length > 0) void cache.removePictures(removed)
  }
  const state = results.store.getState()
  copy(state, state)
  left.addEventListener('abort', results.store.subscribe(copy), { once: true })
}
