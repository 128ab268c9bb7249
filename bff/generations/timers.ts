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
