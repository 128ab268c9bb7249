import type { PictureRef } from './merge.ts'

interface ReadOptions {
  signal?: AbortSignal | undefined
  timeoutMs?: number
}

const nameOf = ({ frame, id }: PictureRef) => `${frame} ${id}`

/**
 * Readings under way: each asked of its frame, answered at most once, null after an abort or the time-out; `abandoned`
 * says that a frame still works on one that nobody waits for any more.
 */
export function createReadings(ask: (ref: PictureRef) => void, abandoned: () => void) {
  const waiting = new Map<string, { ref: PictureRef; done: Set<(data: string | null) => void> }>()

  function answer(ref: PictureRef, data: string | null) {
    const reading = waiting.get(nameOf(ref))
    waiting.delete(nameOf(ref))
    for (const done of reading?.done ?? []) done(data)
  }

  async function wait(ref: PictureRef, signal: AbortSignal): Promise<string | null> {
    if (signal.aborted) return null
    const reading = waiting.get(nameOf(ref)) ?? { ref, done: new Set() }
    const answered = new Promise<string | null>(resolve => {
      reading.done.add(resolve)
      signal.addEventListener(
        'abort',
        () => {
          reading.done.delete(resolve)
          resolve(null)
          if (reading.done.size > 0 || waiting.get(nameOf(ref)) !== reading) return
          waiting.delete(nameOf(ref))
          abandoned()
        },
        { once: true },
      )
    })
    const isFirst = !waiting.has(nameOf(ref))
    waiting.set(nameOf(ref), reading)
    if (isFirst) ask(ref)
    return answered
  }

  return {
    answer,

    async read(ref: PictureRef, { signal, timeoutMs = 15_000 }: ReadOptions = {}): Promise<Blob | null> {
      const timeout = AbortSignal.timeout(timeoutMs)
      const data = await wait(ref, signal ? AbortSignal.any([signal, timeout]) : timeout)
      if (data === null) return null
      const response = await fetch(data, { credentials: 'omit' })
      return response.blob()
    },

    /** The port is a new one: the frames do not know of the old one's questions. */
    askAgain() {
      for (const { ref } of waiting.values()) ask(ref)
    },

    giveUp() {
      for (const { ref } of [...waiting.values()]) answer(ref, null)
    },
  }
}
