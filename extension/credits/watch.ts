import { createStore } from 'zustand/vanilla'
import type { Purchase } from '../../bff/contract/billing.ts'
import { reset } from '../platform/reset.ts'

/** Somebody at a payment page pays within minutes; money from a convenience store takes hours or days. */
const intervals = { open: 3_000, pending: 30_000 }
/** After this the page of credits says what is known whenever it is looked at, and nothing is asked by itself. */
const longest = 30 * 60_000

export const isUnsettled = (state: Purchase['state']): state is keyof typeof intervals => state in intervals

interface WatchOptions {
  read: (id: string) => Promise<Purchase>
  /** The purchase stands otherwise than before. */
  onChange: (purchase: Purchase) => unknown
  pause: (ms: number, signal: AbortSignal) => Promise<void>
  now: () => number
}

/** Asks after purchases that are being paid, until each is settled or it has lasted too long. */
export function createWatch({ read, onChange, pause, now }: WatchOptions) {
  const store = createStore<{ ids: readonly string[] }>(() => ({ ids: [] }))
  const watched = new Map<string, { state: Purchase['state']; end: AbortController }>()
  const show = () => store.setState({ ids: [...watched.keys()] })

  async function follow(id: string, signal: AbortSignal) {
    const until = now() + longest
    for (let entry = watched.get(id); entry && isUnsettled(entry.state) && now() < until; entry = watched.get(id)) {
      await pause(intervals[entry.state], signal)
      // A line that is down changes nothing: it is asked again.
      const found = await read(id).catch(() => null)
      signal.throwIfAborted()
      if (found) saw(found)
    }
  }

  /** Takes in how a purchase stands, wherever that was read. */
  function saw(found: Purchase) {
    const entry = watched.get(found.id)
    if (!entry || entry.state === found.state) return
    entry.state = found.state
    if (!isUnsettled(found.state)) stop(found.id)
    onChange(found)
  }

  function stop(id: string) {
    watched.get(id)?.end.abort()
    watched.delete(id)
    show()
  }

  return {
    /** Which purchases are watched now. */
    store,
    /** Watches a purchase; one that is watched already, or settled, is left alone. */
    begin({ id, state }: Purchase) {
      if (watched.has(id) || !isUnsettled(state)) return
      const end = new AbortController()
      watched.set(id, { state, end })
      show()
      follow(id, end.signal)
        .catch(() => {})
        .finally(() => {
          if (watched.get(id)?.end === end) stop(id)
        })
    },
    saw,
    stop,
    forget() {
      for (const id of [...watched.keys()]) stop(id)
      reset(store)
    },
  }
}
