export interface WaitOptions {
  signal?: AbortSignal | undefined
  timeoutMs: number
}

/** What is asked of one frame. */
export interface Subject {
  frame: string
  id: number
  larger?: boolean | undefined
}

const nameOf = ({ frame, id, larger = false }: Subject) => `${frame} ${id} ${larger}`

/** The frame went away before it answered. */
export const left = Symbol('left')

/**
 * Questions about pictures under way: each asked of its frame, answered at most once, null after an abort or the
 * time-out; `abandoned` says that a frame still works on one that nobody waits for any more.
 */
export function createQuestions<Answer>(ask: (ref: Subject) => void, abandoned: () => void) {
  type Given = Answer | null | typeof left
  const waiting = new Map<string, { ref: Subject; done: Set<(answer: Given) => void> }>()

  function answer(ref: Subject, given: Given) {
    const question = waiting.get(nameOf(ref))
    waiting.delete(nameOf(ref))
    for (const done of question?.done ?? []) done(given)
  }

  async function waitUntil(signal: AbortSignal, ref: Subject): Promise<Given> {
    if (signal.aborted) return null
    const question = waiting.get(nameOf(ref)) ?? { ref, done: new Set() }
    const answered = new Promise<Given>(resolve => {
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

    wait(ref: Subject, { signal, timeoutMs }: WaitOptions): Promise<Given> {
      const timeout = AbortSignal.timeout(timeoutMs)
      return waitUntil(signal ? AbortSignal.any([signal, timeout]) : timeout, ref)
    },

    /** The port is a new one: the frames do not know of the old one's questions. */
    askAgain() {
      for (const { ref } of waiting.values()) ask(ref)
    },

    /** A frame went away, or all of them: what was asked of it has no answer. */
    leave(frame?: string) {
      for (const { ref } of [...waiting.values()]) if (frame === undefined || ref.frame === frame) answer(ref, left)
    },

    giveUp() {
      for (const { ref } of [...waiting.values()]) answer(ref, null)
    },
  }
}
