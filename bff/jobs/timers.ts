/** Waiting as a dependency, so that tests need not wait. Every call answers a function that cancels. */
export interface Timers {
  after(ms: number, run: () => void): () => void
  every(ms: number, run: () => void): () => void
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
