import type { ProgressEvent } from '../../contract/events.ts'

/** Hints from the job's side to open event streams. They carry no truth: that is read from the tables. */
export type Signal = { type: 'job' } | { type: 'balance' } | ({ type: 'progress' } & ProgressEvent)
export type SignalListener = (signal: Signal) => void

export interface Signals {
  send(personId: string, signal: Signal): void
  /** Answers a function that ends the subscription. */
  listen(personId: string, listener: SignalListener): () => void
}

export function createSignals(): Signals {
  const listeners = new Map<string, Set<SignalListener>>()
  return {
    send(personId, signal) {
      for (const listener of listeners.get(personId) ?? []) listener(signal)
    },
    listen(personId, listener) {
      const mine = listeners.get(personId) ?? new Set()
      listeners.set(personId, mine.add(listener))
      return () => {
        mine.delete(listener)
        if (mine.size === 0 && listeners.get(personId) === mine) listeners.delete(personId)
      }
    },
  }
}
