import { results } from '../../jobs/jobs.ts'
import type { ResultsState } from '../../jobs/state.ts'
import type { Stop } from '../../platform/stop.ts'
import { fillFromReading } from './fill-parts.ts'
import { readingStore } from './reading-store.ts'

const follow = ({ jobs }: ResultsState) => {
  const { awaited } = readingStore.getState()
  const job = awaited === null ? undefined : jobs[awaited]
  if (job?.state === 'done' && job.reading) fillFromReading(job.reading)
}

/** Takes in the awaited reading whenever it comes, also one that was begun before the panel was closed. */
export const startReading = (): Stop => {
  const stop = results.store.subscribe(follow)
  follow(results.store.getState())
  return stop
}
