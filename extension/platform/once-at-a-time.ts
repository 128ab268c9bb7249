/**
 * Runs a task once at a time per key. Asked for again meanwhile, it runs once more afterwards for all who asked, so that
 * everyone gets an answer that began after their call.
 */
export function onceAtATime<K>(task: (key: K) => Promise<void>): (key: K) => Promise<void> {
  const running = new Map<K, Promise<void>>()
  const waiting = new Map<K, Promise<void>>()

  function start(key: K): Promise<void> {
    waiting.delete(key)
    const run = task(key).finally(() => {
      if (running.get(key) === run) running.delete(key)
    })
    running.set(key, run)
    return run
  }

  return key => {
    const current = running.get(key)
    const next = waiting.get(key) ?? current?.catch(() => {}).then(() => start(key))
    if (!next) return start(key)
    waiting.set(key, next)
    return next
  }
}
