import type { BooksWatch } from '../billing/audit/watch.ts'
import type { Billing } from '../billing/billing.ts'
import type { Identity } from '../identity/identity.ts'
import type { Generations } from '../jobs/jobs.ts'
import type { Purge } from '../jobs/purge.ts'
import type { Timers } from '../jobs/timers.ts'

interface UpkeepDeps {
  purge: Purge
  identity: Pick<Identity, 'sweep'>
  generations: Pick<Generations, 'sweep'>
  billing: Pick<Billing, 'sweep'>
  books: Pick<BooksWatch, 'look'>
  timers: Timers
  onError: (error: unknown) => void
}

const often = 10 * 1000
const nowAndThen = 5 * 60 * 1000
const hourly = 60 * 60 * 1000
const daily = 24 * hourly

/** What has to go by the clock. Each task runs once now and then every so often, never twice at once. */
export function startUpkeep({ purge, identity, generations, billing, books, timers, onError }: UpkeepDeps) {
  const running = new Set<Promise<void>>()

  function repeat(task: () => Promise<unknown>, everyMs: number): () => void {
    let current: Promise<void> | undefined
    const run = () => {
      if (current) return
      const ended = task()
        .then(() => {}, onError)
        .finally(() => {
          current = undefined
          running.delete(ended)
        })
      current = ended
      running.add(ended)
    }
    run()
    return timers.every(everyMs, run)
  }

  const cancels = [
    repeat(purge.deletedPictures, often),
    repeat(generations.sweep, nowAndThen),
    repeat(purge.endedJobs, hourly),
    repeat(purge.orphans, hourly),
    repeat(identity.sweep, hourly),
    repeat(billing.sweep, hourly),
    timers.every(daily, () => void books.look().catch(onError)),
  ]
  return {
    async stop(): Promise<void> {
      for (const cancel of cancels) cancel()
      await Promise.all(running)
    },
  }
}
