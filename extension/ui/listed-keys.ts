import type { MessageKey } from '../platform/i18n/translate.ts'

/** Keys of one part of the panel, as the help lists them. */
export interface ListedKeys {
  /** As they stand on the keyboard. */
  keys: readonly string[]
  /** Rests when single-key shortcuts are switched off. */
  isLetter: boolean
  does: MessageKey
}
