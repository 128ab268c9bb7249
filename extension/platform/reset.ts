import type { StoreApi } from 'zustand/vanilla'

/** Brings a store back to how it began. */
export const reset = <T>(store: StoreApi<T>): void => store.setState(store.getInitialState(), true)
