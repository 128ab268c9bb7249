import type { Api } from '../platform/api/api.ts'
import type { BackendEvent } from '../platform/api/events.ts'
import { ApiProblem } from '../platform/api/problem.ts'
import { onceAtATime } from '../platform/once-at-a-time.ts'
import type { Results } from './mirror.ts'
import { hasOpenJob, isOpen, withGeneration, withGenerations, withoutJob, withProgress } from './state.ts'

const pollInterval = 2_000
const longestInterval = 10_000

export interface FollowerOptions {
  api: Pick<Api, 'generations' | 'generation' | 'events'>
  results: Results
  onBalance: () => void
  /** Waits, and wakes early when the net comes back; rejects when aborted. */
  pause: (ms: number, signal: AbortSignal) => Promise<void>
}

/**
 * Keeps jobs in step with the backend. Reading a job again is always right; the event stream only says when.
 * While a job is open and the stream is down or silent, jobs are read every 2 s.
 */
export function createFollower({ api, results, onBalance, pause }: FollowerOptions) {
  const isGone = (error: unknown): boolean => error instanceof ApiProblem && error.code === 'not_found'
  const readGeneration = onceAtATime(async (id: string) => {
    try {
      await results.read(
        () => api.generation(id),
        (state, generation, time) => withGeneration(state, generation, time),
      )
    } catch (error) {
      if (!isGone(error)) throw error
      results.update(state => withoutJob(state, id))
    }
  })
  const readList = onceAtATime(async (_: 'list') => {
    await results.read(api.generations, (state, { generations }, time) => withGenerations(state, generations, time))
  })

  /** Ends with `signal`; rejects only where waiting cannot help: signed_out, update_needed. */
  return async function follow(until: AbortSignal): Promise<void> {
    const end = new AbortController()
    const signal = AbortSignal.any([until, end.signal])
    let isConnected = false
    let hasHeard = false
    let listIsDue = true

    /** Whether everything asked for could be read; what could not is read again later. */
    async function read(reads: readonly Promise<void>[]): Promise<boolean> {
      const outcomes = await Promise.allSettled(reads)
      return outcomes.every(outcome => outcome.status === 'fulfilled')
    }

    async function refreshList(): Promise<boolean> {
      const isRead = await read([readList('list')])
      listIsDue = !isRead
      return isRead
    }

    function onEvent(event: BackendEvent): void {
      hasHeard = true
      if (event.type === 'balance') onBalance()
      else if (event.type === 'reset') void refreshList()
      else if (event.type === 'progress')
        results.update(state => withProgress(state, event.data.generationId, event.data.progress))
      else
        void read([readGeneration(event.data.generationId)]).then(isRead => {
          if (!isRead) listIsDue = true
        })
    }

    /** Between two connections events can be missed, so every connection begins with the whole list. */
    function onConnected(connected: boolean): void {
      isConnected = connected
      if (connected) void refreshList()
    }

    async function poll(): Promise<boolean> {
      const isQuiet = !hasHeard
      hasHeard = false
      if (listIsDue) return refreshList()
      if (isConnected && !isQuiet) return true
      const open = Object.values(results.store.getState().jobs).filter(isOpen)
      return read(open.map(job => readGeneration(job.id)))
    }

    async function pollWhileNeeded(): Promise<void> {
      let failures = 0
      while (!signal.aborted) {
        await pause(Math.min(pollInterval * 2 ** failures, longestInterval), signal).catch(() => {})
        if (signal.aborted) return
        if (!listIsDue && !hasOpenJob(results.store.getState())) continue
        failures = (await poll()) ? 0 : failures + 1
      }
    }

    void refreshList()
    try {
      await Promise.all([api.events({ signal, onEvent, onConnected }), pollWhileNeeded()])
    } finally {
      end.abort()
    }
  }
}
