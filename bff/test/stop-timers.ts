import { onTestFinished, vi } from 'vitest'

/**
 * Stops the timers of this process until the test ends: what happens all the same needed no time to pass, however long the
 * machine took over it. `Date`, sockets and the disk go on.
 */
export function stopTimers() {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'] })
  const timeout = vi.spyOn(AbortSignal, 'timeout').mockImplementation(timeoutByTimer)
  onTestFinished(() => {
    timeout.mockRestore()
    vi.useRealTimers()
  })
  return {
    /** Lets as much time pass, at once. */
    advance: (ms: number) => void vi.advanceTimersByTime(ms),
    /** How many timers stand. */
    waiting: () => vi.getTimerCount(),
  }
}

/** Node counts the time of such a signal by itself. */
function timeoutByTimer(ms: number): AbortSignal {
  const controller = new AbortController()
  setTimeout(() => controller.abort(new DOMException('The time is over.', 'TimeoutError')), ms)
  return controller.signal
}
