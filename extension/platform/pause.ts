/** Waits `ms`, or less when the net comes back in between; rejects with the signal's reason when aborted. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const done = new AbortController()
    const finish = (settle: () => void) => {
      clearTimeout(timer)
      done.abort()
      settle()
    }
    const timer = setTimeout(() => finish(resolve), ms)
    globalThis.addEventListener('online', () => finish(resolve), { signal: done.signal })
    signal.addEventListener('abort', () => finish(() => reject(signal.reason)), { signal: done.signal })
  })
}
