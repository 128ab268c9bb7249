/** Waiting as a dependency, so that tests need not wait. Every call answers a function that cancels. */
export interface Timers {
  after(ms: number, run: () => void): () => void
  every(ms: number, run: () => void): () => void
  /** Milliseconds since some moment; setting the clock does not change it. */
  elapsed(): number
}

/** Timers of the process. They count monotonic time: setting the clock neither ends nor prolongs anything. */
export const systemTimers: Timers = {
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
  every(ms, run) {
    const timer = setInterval(run, ms).unref()
    return () => clearInterval(timer)
  },
  elapsed: () => performance.now(),
}

/**
 * The time of day by which something may be called over: a clock that is set forward does not bring it nearer, one that
 * is set back holds it up.
 */
export function neverEarly({ now, timers }: { now: () => number; timers: Pick<Timers, 'elapsed'> }): () => number {
  const begun = now() - timers.elapsed()
  return () => Math.min(now(), begun + timers.elapsed())
}

/** Ends early when the signal does. */
export function pause(ms: number, timers: Timers, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const cancel = timers.after(ms, resolve)
  const stop = () => resolve()
  signal.addEventListener('abort', stop)
  return promise.finally(() => {
    cancel()
    signal.removeEventListener('abort', stop)
  })
}
