/** The results of this panel, wired to the backend, the local copy and the other panels. */
import { useStore } from 'zustand'
import type { Generation } from '../../bff/contract/generations.ts'
import { account, refreshBalance } from '../account/store.ts'
import { api } from '../platform/api/api.ts'
import { t } from '../platform/i18n/i18n.ts'
import { pause } from '../platform/pause.ts'
import { type Stop, stopAll } from '../platform/stop.ts'
import { showNotice } from '../ui/notices.ts'
import { startBadge } from './badge.ts'
import { openCacheDatabase } from './cache/cache-database.ts'
import { keepCopy } from './cache/copy-keeper.ts'
import { createLocalCache } from './cache/local-cache.ts'
import { createFiles } from './files/files.ts'
import { createFollower } from './follower.ts'
import { createHistory } from './history.ts'
import { createResults } from './mirror.ts'
import { createOtherPanels } from './other-panels.ts'
import { type ResultsState, withClock, withGeneration } from './state.ts'

export const results = createResults()
export const useResults = <T>(select: (state: ResultsState) => T): T => useStore(results.store, select)

const cache = createLocalCache({
  open: openCacheDatabase,
  now: Date.now,
  onTrouble: () => showNotice({ text: t('results.copy_unavailable') }),
})
export const files = createFiles({ api, cache })
export const history = createHistory({ api, results })
export const otherPanels = createOtherPanels(results)

const follow = createFollower({ api, results, onBalance: () => void refreshBalance().catch(() => {}), pause })

/** The job that was started here last, until the feed has brought it into view. */
let justAdded: string | null = null

export function claimJustAdded(id: string): boolean {
  if (justAdded !== id) return false
  justAdded = null
  return true
}

/** Shows a job that was just accepted. */
export function addGeneration(generation: Generation): void {
  justAdded = generation.id
  results.receive(generation, (state, accepted, time) =>
    withGeneration(withClock(state, accepted, Date.now()), accepted, time),
  )
}

/** Follows the jobs of whoever is signed in. */
export function startJobs(): Stop {
  let leave = new AbortController()
  const follow = (personId: string | null) => {
    leave.abort()
    leave = new AbortController()
    if (personId !== null) void followPerson(personId, leave.signal)
  }
  const unsubscribe = account.subscribe(({ personId }, before) => {
    if (personId !== before.personId) follow(personId)
  })
  follow(account.getState().personId)
  return stopAll([() => leave.abort(), unsubscribe])
}

async function followPerson(personId: string, signal: AbortSignal): Promise<void> {
  const until = (stop: Stop): void => {
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  }
  until(otherPanels.listen())
  until(startBadge(results))
  // The local copy must not delay the truth: opening it can take long, or fail.
  void keepCopy(results, cache, personId, signal)
  // Ends early only when signed out or too old, and both are said by the frame.
  await follow(signal).catch(() => {})
}

/** Empties the local copy of the history; what is on the screen stays, and the history itself is not touched. */
export const clearLocalHistory = (): Promise<void> => cache.reset(account.getState().personId)

/** Nothing of one person may be seen by the next, nor kept by an answer that comes late. */
export function forgetJobs(): void {
  justAdded = null
  results.empty()
  history.forget()
  cache.forget()
}
