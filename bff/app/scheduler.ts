import type { LedgerWatch } from '../billing/audit/watch.ts'
import type { Billing } from '../billing/billing.ts'
import type { Identity } from '../identity/identity.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { Purge } from '../jobs/purge.ts'
import type { Timers } from '../jobs/timers.ts'

interface SchedulerDeps {
  purge: Purge
  identity: Pick<Identity, 'sweep'>
  jobs: Pick<Jobs, 'sweep'>
  billing: Pick<Billing, 'sweep'>
  watch: Pick<LedgerWatch, 'look'>
  timers: Timers
  onError: (error: unknown) => void
}

const often = 10 * 1000
const nowAndThen = 5 * 60 * 1000
const hourly = 60 * 60 * 1000
const daily = 24 * hourly

/**
 * What has to go by the clock. Each task runs once now and then every so often, never twice at once. A stop waits for
 * those under way; what may take long hears of it.
 */
export function startScheduler({ purge, identity, jobs, billing, watch, timers, onError }: SchedulerDeps) {
  const running = new Set<Promise<void>>()
  const stopping = new AbortController()

  function repeat(task: (stopping: AbortSignal) => Promise<unknown>, everyMs: number, { atStart = true } = {}) {
    let current: Promise<void> | undefined
    const run = () => {
      if (current) return
      const ended = task(stopping.signal)
        .then(() => {}, onError)
        .finally(() => {
          current = undefined
          running.delete(ended)
        })
      current = ended
      running.add(ended)
    }
    if (atStart) run()
    return timers.every(everyMs, run)
  }

  const cancels = [
    repeat(purge.deletedPictures, often),
    repeat(jobs.sweep, nowAndThen),
    repeat(purge.endedJobs, hourly),
    repeat(purge.orphans, hourly),
    repeat(identity.sweep, hourly),
    repeat(billing.sweep, hourly),
    // The start has looked through them itself.
    repeat(watch.look, daily, { atStart: false }),
  ]
  return {
    async stop(): Promise<void> {
      for (const cancel of cancels) cancel()
      stopping.abort()
      await Promise.all(running)
    },
  }
}
