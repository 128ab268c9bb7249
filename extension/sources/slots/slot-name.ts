import type { MessageKey, Params } from '../../platform/i18n/translate.ts'
import type { Slot } from './slot.ts'

/** What a slot is called: its alt text or file name, else its number. */
export const slotName = (t: (key: MessageKey, params?: Params) => string, { name }: Slot, index: number) =>
  name.trim() || t('sources.unnamed', { number: index + 1 })
