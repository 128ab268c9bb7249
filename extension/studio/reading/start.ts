import { results } from '../../jobs/jobs.ts'
import type { ResultsState } from '../../jobs/state.ts'
import { type Stop, stopAll } from '../../platform/stop.ts'
import { sourcesStore } from '../../sources/store.ts'
import { readingStore } from './reading-store.ts'
import { takeIn } from './take-in.ts'

const follow = ({ jobs }: ResultsState) => {
  const { awaited } = readingStore.getState()
  const job = awaited === null ? undefined : jobs[awaited]
  if (job?.state === 'done' && job.reading) takeIn(job.reading)
}

/** Takes in the awaited reading whenever it comes, also one that was begun before the panel was closed. */
export const startReading = (): Stop => {
  const stops = [
    results.store.subscribe(follow),
    sourcesStore.subscribe(({ slots }, before) => {
      // A refusal is about the picture that was asked for.
      if (slots !== before.slots) readingStore.setState({ problem: null, stage: stageNow() })
    }),
  ]
  follow(results.store.getState())
  return stopAll(stops)
}

const stageNow = () => {
  const { stage } = readingStore.getState()
  return stage === 'telling' ? 'idle' : stage
}
