import type { StoreApi } from 'zustand/vanilla'
import { shallow } from 'zustand/vanilla/shallow'

/** A store that is only read. */
export type Readable<T> = Pick<StoreApi<T>, 'getState' | 'getInitialState' | 'subscribe'>

type States<Stores extends readonly Readable<unknown>[]> = {
  [Index in keyof Stores]: Stores[Index] extends Readable<infer State> ? State : never
}

/**
 * What follows from other stores: computed once for each change of theirs, whoever and however many read it, and kept as
 * the same object where nothing in it is new, so that nothing that follows from it is computed or drawn again.
 */
export function derive<const Stores extends readonly Readable<unknown>[], T>(
  stores: Stores,
  compute: (...states: States<Stores>) => T,
): Readable<T> {
  let last: { states: readonly unknown[]; value: T } | undefined

  const getState = (): T => {
    const states = stores.map(store => store.getState())
    if (last && states.every((state, index) => Object.is(state, last?.states[index]))) return last.value
    const value = compute(...(states as States<Stores>))
    last = { states, value: last && shallow(last.value, value) ? last.value : value }
    return last.value
  }

  const subscribe: Readable<T>['subscribe'] = listener => {
    let before = getState()
    const follow = () => {
      const now = getState()
      if (Object.is(now, before)) return
      const earlier = before
      before = now
      listener(now, earlier)
    }
    const stops = stores.map(store => store.subscribe(follow))
    return () => {
      for (const stop of stops) stop()
    }
  }

  return { getState, getInitialState: getState, subscribe }
}
