import type { PictureRef } from './merge.ts'

export interface WaitOptions {
  signal?: AbortSignal | undefined
  timeoutMs: number
}

const nameOf = ({ frame, id }: PictureRef) => `${frame} ${id}`

/**
 * Questions about pictures under way: each asked of its frame, answered at most once, null after an abort or the
 * time-out; `abandoned` says that a frame still works on one that nobody waits for any more.
 */
export function createQuestions<Answer>(ask: (ref: PictureRef) => void, abandoned: () => void) {
  const waiting = new Map<string, { ref: PictureRef; done: Set<(answer: Answer | null) => void> }>()

  function answer(ref: PictureRef, given: Answer | null) {
    const question = waiting.get(nameOf(ref))
    waiting.delete(nameOf(ref))
    for (const done of question?.done ?? []) done(given)
  }

  async function waitUntil(signal: AbortSignal, ref: PictureRef): Promise<Answer | null> {
    if (signal.aborted) return null
    const question = waiting.get(nameOf(ref)) ?? { ref, done: new Set() }
    const answered = new Promise<Answer | null>(resolve => {
      question.done.add(resolve)
      signal.addEventListener(
        'abort',
        () => {
          question.done.delete(resolve)
          resolve(null)
          if (question.done.size > 0 || waiting.get(nameOf(ref)) !== question) return
          waiting.delete(nameOf(ref))
          abandoned()
        },
        { once: true },
      )
    })
    const isFirst = !waiting.has(nameOf(ref))
    waiting.set(nameOf(ref), question)
    if (isFirst) ask(ref)
    return answered
  }

  return {
    answer,

    wait(ref: PictureRef, { signal, timeoutMs }: WaitOptions): Promise<Answer | null> {
      const timeout = AbortSignal.timeout(timeoutMs)
      return waitUntil(signal ? AbortSignal.any([signal, timeout]) : timeout, ref)
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
