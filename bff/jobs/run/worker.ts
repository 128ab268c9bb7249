import type { JobTable } from '../../db/schema.ts'
import type { JobCommands } from '../states/commands.ts'
import type { Timers } from '../timers.ts'
import { createStopper, type Stopper } from './stopper.ts'

interface WorkerDeps {
  /** Names of the providers that may be asked now, each with how many jobs may run there at once. */
  lanes: () => ReadonlyMap<string, number>
  commands: JobCommands
  run: (job: JobTable, stopper: Stopper) => Promise<void>
  timers: Timers
  now: () => number
  /** Aborted by `stop` when its grace is over. */
  giveUp: AbortController
  onError: (error: unknown) => void
}

export interface Worker {
  /** Looks for queued jobs; called after every commit that could have made one. */
  wake(): void
  /** Looks again at this time (milliseconds since 1970). */
  wakeAt(at: number): void
  /** Goes on with a job that a queue has; while it still runs, when that has ended. */
  resume(job: JobTable): void
  isRunning(jobId: string): boolean
  /** Ends the call of a job whose end is written already. */
  abort(jobId: string): void
  /** Resolves when nothing runs and nothing can be claimed. */
  idle(): Promise<void>
  /** Takes no new jobs, gives the running ones `graceMs`, then ends their calls; resolves when all is written. */
  stop(graceMs: number): Promise<void>
}

/** Pause after the queue could not be read. */
const troublePauseMs = 1000

export function createWorker({ lanes, commands, run, timers, now, giveUp, onError }: WorkerDeps): Worker {
  const running = new Map<string, { provider: string; stopper: Stopper; ended: Promise<void> }>()
  const alarms = new Set<() => void>()
  let claiming: Promise<void> | undefined
  let isAwake = false
  let isStopped = false

  function wake(): void {
    isAwake = true
    claiming ??= claimAll().finally(() => {
      claiming = undefined
      if (isAwake && lanesWithRoom().length > 0) wake()
    })
  }

  function lanesWithRoom(): string[] {
    if (isStopped) return []
    const busy = new Map<string, number>()
    for (const { provider } of running.values()) busy.set(provider, (busy.get(provider) ?? 0) + 1)
    return [...lanes()].filter(([provider, most]) => (busy.get(provider) ?? 0) < most).map(([provider]) => provider)
  }

  async function claimAll(): Promise<void> {
    while (isAwake) {
      const open = lanesWithRoom()
      if (open.length === 0) return
      isAwake = false
      try {
        const job = await commands.claim(open)
        if (!job) continue
        isAwake = true
        start(job)
      } catch (error) {
        onError(error)
        wakeAfter(troublePauseMs)
      }
    }
  }

  function wakeAfter(ms: number): void {
    if (isStopped) return
    const cancel = timers.after(ms, () => {
      alarms.delete(cancel)
      wake()
    })
    alarms.add(cancel)
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
    running.set(job.id, { provider: job.provider, stopper, ended })
  }

  function resume(job: JobTable): void {
    const current = running.get(job.id)
    if (current) void current.ended.then(() => resume(job))
    else if (!isStopped) start(job)
  }

  async function idle(): Promise<void> {
    while (claiming || running.size > 0) await Promise.all([claiming, ...[...running.values()].map(job => job.ended)])
  }

  return {
    wake,
    wakeAt: at => wakeAfter(Math.max(0, at - now())),
    resume,
    isRunning: jobId => running.has(jobId),
    abort: jobId => running.get(jobId)?.stopper.stop('cancelled'),
    idle,
    async stop(graceMs) {
      isStopped = true
      for (const cancel of alarms) cancel()
      const cancel = timers.after(graceMs, () => {
        giveUp.abort()
        for (const { stopper } of running.values()) stopper.stop('interrupted')
      })
      await idle()
      cancel()
    },
  }
}
