import { sourcesStore } from '../../sources/store.ts'
import { derive } from '../../ui/derived-store.ts'
import { rememberModel } from '../models/recent.ts'
import { orderStore, readinessStore } from '../order/current.ts'
import { studioStore } from '../store.ts'
import { rememberPrompt } from './remembered.ts'
import { wirePress } from './wire-press.ts'

/** Generate: a picture from what lies ready. */
export const making = wirePress({
  name: 'making',
  disclosure: {
    title: 'studio.disclosure.title',
    goes: 'studio.disclosure.goes',
    stays: 'studio.disclosure.stays',
    yes: 'studio.disclosure.yes',
  },
  order: orderStore,
  readiness: readinessStore,
  draft: derive([studioStore, derive([sourcesStore], ({ slots }) => slots)], ({ readerId: _, ...choices }, slots) => ({
    ...choices,
    slots,
  })),
  accepted: (_, { prompt, model }) => {
    void rememberPrompt(prompt).catch(() => {})
    void rememberModel(model.id).catch(() => {})
  },
})
