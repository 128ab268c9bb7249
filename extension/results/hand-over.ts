import type { Generation } from '../../bff/contract/generations.ts'
import type { Picture } from '../../bff/contract/library.ts'

/** The settings a result was made with, for the studio to take over. */
export type ResultSettings = Pick<Picture, 'model' | 'prompt' | 'options'>

/** What a result can hand to the other rooms. The frame connects them, so that no room imports another in a circle. */
export interface HandOver {
  /** A failed job again: the same draft, a new key. */
  retry: (generation: Generation) => void
  /** Puts the settings of a result into the studio. */
  applySettings: (settings: ResultSettings) => void
  /** Puts a result into a source slot. */
  addSource: (blob: Blob, name: string) => void
}
