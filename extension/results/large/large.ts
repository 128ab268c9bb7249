import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { ListName } from '../../jobs/state.ts'
import { reset } from '../../platform/reset.ts'

/** The list a picture was opened from, so that next and previous follow it. */
export type Sequence = 'today' | ListName

export interface Large {
  id: string
  sequence: Sequence
}

export const largeStore = createStore<{ large: Large | null }>(() => ({ large: null }))

export const useLarge = (): Large | null => useStore(largeStore, state => state.large)

/** For the frame: everything else is inert meanwhile. */
export const useIsLargeOpen = (): boolean => useStore(largeStore, state => state.large !== null)

export const openLarge = (large: Large): void => largeStore.setState({ large })
export const closeLarge = (): void => reset(largeStore)
