import type { Timers } from './timers.ts'

export interface Patience {
  timers: Timers
  /** Gives up with the last error when it aborts. */
  signal: AbortSignal
  attempts?: number
}

const firstPauseMs = 500
const longestPauseMs = 30_000

/** Repeats a step that failed because the disk did (full, busy), with growing pauses. The step must be safe to repeat. */
export async function keepTrying<T>(
  step: () => Promise<T>,
  { timers, signal, attempts = Infinity }: Patience,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await step()
    } catch (error) {
      if (attempt >= attempts || signal.aborted) throw error
      await pause(Math.min(firstPauseMs * 2 ** (attempt - 1), longestPauseMs), timers, signal)
    }
  }
}

function pause(ms: number, timers: Timers, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const cancel = timers.after(ms, resolve)
  signal.addEventListener('abort', () => resolve(), { once: true })
  return promise.finally(cancel)
}
