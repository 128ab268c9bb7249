import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { Reading } from '../../../bff/contract/readings.ts'
import type { ApiProblem } from '../../platform/api/problem.ts'

export interface ReadingState {
  /** `telling`: the person is asked to acknowledge where the picture goes. */
  stage: 'idle' | 'telling' | 'sending'
  /** Why the last press brought nothing. */
  problem: ApiProblem | null
  /** The slot to read, where there are several. */
  slotId: string | null
  /** Id of the job whose words are not in the parts yet; kept with the draft. */
  awaited: string | null
  /** Words for parts that already have others: the person decides. */
  offered: Reading | null
}

export const readingStore = createStore<ReadingState>(() => ({
  stage: 'idle',
  problem: null,
  slotId: null,
  awaited: null,
  offered: null,
}))

export const useReading = <T>(select: (state: ReadingState) => T) => useStore(readingStore, select)
