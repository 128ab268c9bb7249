import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { Reading } from '../../../bff/contract/readings.ts'

export interface ReadingState {
  /** The slot to read, where there are several. */
  slotId: string | null
  /** Id of the job whose words are not in the parts yet; kept with the draft. */
  awaited: string | null
  /** Words for parts that already have others: the person decides. */
  offered: Reading | null
}

export const readingStore = createStore<ReadingState>(() => ({ slotId: null, awaited: null, offered: null }))

export const useReading = <T>(select: (state: ReadingState) => T) => useStore(readingStore, select)
