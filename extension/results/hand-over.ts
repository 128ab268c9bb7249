import { createContext, useContext } from 'react'
import type { Picture } from '../../bff/contract/library.ts'
import type { Job } from './state.ts'

/** The settings a result was made with, for the studio to take over. */
export type ResultSettings = Pick<Picture, 'model' | 'prompt' | 'options'> & { negative?: string }

/** What a result can hand to the other rooms. The frame connects them, so that no room imports another in a circle. */
export interface HandOver {
  /** A failed job again: the same draft, a new key. */
  retry: (job: Job) => void
  /** The same with another model. */
  tryModel: (job: Job, modelId: string) => void
  /** Back to the words of a failed job. */
  reword: (job: Job) => void
  /** Puts the settings of a result into the studio. */
  applySettings: (settings: ResultSettings) => void
  /** Puts a result into a source slot. */
  addSource: (blob: Blob, name: string) => void
}

const HandOverContext = createContext<HandOver | null>(null)

export const HandOverProvider = HandOverContext.Provider

export function useHandOver(): HandOver {
  const handOver = useContext(HandOverContext)
  if (!handOver) throw new Error('A result stands outside of its provider.')
  return handOver
}
