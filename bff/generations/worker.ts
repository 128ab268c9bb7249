import type { JobTable } from '../db/schema.ts'
import { createStopper, type Stopper } from './call-provider.ts'
import type { JobCommands } from './job-commands.ts'
import type { Timers } from './timers.ts'

interface WorkerDeps {
  /** Name of this process in the rows it has claimed. */
  owner: string
  concurrency: number
  commands: JobCommands
  leaseMs: (job: JobTable) => number
  run: (job: JobTable, stopper: Stopper) => Promise<void>
  timers: Timers
  /** Aborted by `stop` when its grace is over. */
  giveUp: AbortController
  onError: (error: unknown) => void
}

export interface Worker {
  /** Looks for queued jobs; called after every commit that could have made one. */
  wake(): void
  /** Ends the call of a job whose end is written already. */
  abort(jobId: string): void
  /** Resolves when nothing runs and nothing waits. */
  idle(): Promise<void>
  /** Takes no new jobs, gives the running ones `graceMs`, then ends their calls; resolves when all is written. */
  stop(graceMs: number): Promise<void>
}

/** Pause after the queue could not be read. */
const troublePauseMs = 1000

export function createWorker({
  owner,
  concurrency,
  commands,
  leaseMs,
  run,
  timers,
  giveUp,
  onError,
}: WorkerDeps): Worker {
  const running = new Map<string, { stopper: Stopper; ended: Promise<void> }>()
  let claiming: Promise<void> | undefined
  let isAwake = false
  let isStopped = false

  function wake(): void {
    isAwake = true
    claiming ??= claimAll().finally(() => {
      claiming = undefined
      if (isAwake && hasRoom()) wake()
    })
  }
  const hasRoom = () => !isStopped && running.size < concurrency

  async function claimAll(): Promise<void> {
    while (isAwake && hasRoom()) {
      isAwake = false
      try {
        const job = await commands.claim(owner, leaseMs)
        if (!job) continue
        isAwake = true
        start(job)
      } catch (error) {
        onError(error)
        timers.after(troublePauseMs, wake)
      }
    }
  }

  function start(job: JobTable): void {
    const stopper = createStopper()
    if (giveUp.signal.aborted) stopper.stop('interrupted')
    const ended = run(job, stopper)
      .catch(onError)
      .finally(() => {
        running.delete(job.id)
        wake()
      })
    running.set(job.id, { stopper, ended })
  }

  async function idle(): Promise<void> {
    while (claiming || running.size > 0) await Promise.all([claiming, ...[...running.values()].map(job => job.ended)])
  }

  return {
    wake,
    abort: jobId => running.get(jobId)?.stopper.stop('cancelled'),
    idle,
    async stop(graceMs) {
      isStopped = true
      const cancel = timers.after(graceMs, () => {
        giveUp.abort()
        for (const { stopper } of running.values()) stopper.stop('interrupted')
      })
      await idle()
      cancel()
    },
  }
}
