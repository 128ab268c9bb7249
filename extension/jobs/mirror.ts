import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Picture } from '../../bff/contract/library.ts'
import { type AnswerTime, emptyState, type ResultsState, settled, withOwnChange } from './state.ts'

export interface OwnChange {
  before: Picture | null
  after: Picture | null
  /** Answers the picture as it is after the change; null when it is gone. */
  send: () => Promise<Picture | null>
}

type Receive<T> = (state: ResultsState, answer: T, time: AnswerTime) => ResultsState

/** The jobs and pictures on this panel: the one place where answers of the backend and the person's own changes meet. */
export function createResults() {
  const store: StoreApi<ResultsState> = createStore(() => emptyState)
  let tick = 0
  let emptiedAt = 0
  /** Own changes under way, per picture: they are sent one after the other. */
  const changes = new Map<string, Promise<Picture | null>>()

  const update = (change: (state: ResultsState) => ResultsState): void => store.setState(change, true)

  /** Asks the backend and takes in the answer in its right order; an answer for someone who has left is dropped. */
  async function read<T>(ask: () => Promise<T>, receive: Receive<T>): Promise<T> {
    const asked = ++tick
    const answer = await ask()
    if (asked > emptiedAt) update(state => receive(state, answer, { asked, arrived: ++tick }))
    return answer
  }

  /** Takes in what is known without asking, such as the answer to a submit. */
  function receive<T>(answer: T, receiving: Receive<T>): void {
    tick += 1
    update(state => receiving(state, answer, { asked: tick, arrived: tick }))
  }

  /**
   * Shows the person's own change of a picture at once and sends it; null stands for a deleted one. Answers what it came
   * to, undefined when the person has left meanwhile. When it fails, the picture is shown as before and the failure is
   * thrown; when a later change of the same picture waits, that one decides.
   */
  async function change(id: string, { before, after, send }: OwnChange): Promise<Picture | null | undefined> {
    const began = ++tick
    update(state => withOwnChange(state, id, after))
    const sending =
      changes
        .get(id)
        ?.catch(() => {})
        .then(send) ?? send()
    changes.set(id, sending)
    const settle = (picture: Picture | null): void => {
      if (changes.get(id) !== sending) return
      changes.delete(id)
      tick += 1
      if (began > emptiedAt) update(state => settled(state, id, picture, tick))
    }
    try {
      const now = await sending
      settle(now)
      return began > emptiedAt ? now : undefined
    } catch (error) {
      settle(before)
      if (began > emptiedAt) throw error
      return undefined
    }
  }

  /** Forgets everything, and every answer still on its way. */
  function empty(): void {
    emptiedAt = ++tick
    changes.clear()
    update(() => emptyState)
  }

  return { store, update, read, receive, change, empty }
}

export type Results = ReturnType<typeof createResults>
