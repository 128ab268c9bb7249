import { useStore } from 'zustand'
import type { Model } from '../../../bff/contract/models.ts'
import { modelsStore } from '../../catalogue/catalogue.ts'
import { isReady, type Slot } from '../../sources/slots/slot.ts'
import { sourcesStore } from '../../sources/store.ts'
import type { Asked } from '../press/create-submit.ts'
import { studioStore } from '../store.ts'
import { readerFor, readingOptions, readingPrice } from './reader.ts'
import { readingStore } from './reading-store.ts'

export interface ReadingDesk {
  reader: Model
  /** The picture that would be read. */
  slot: Slot
  price: number
}

const deskOf = (
  list: readonly Model[] | null,
  readerId: string | null,
  slots: readonly Slot[],
  slotId: string | null,
): ReadingDesk | null => {
  const reader = readerFor(list ?? [], readerId)
  const ready = slots.filter(isReady)
  const slot = ready.find(({ id }) => id === slotId) ?? ready[0]
  return reader && slot ? { reader, slot, price: readingPrice(reader) } : null
}

/** One picture, no words: what a reading asks for. */
export const askedOf = ({ reader, slot, price }: ReadingDesk): Asked => ({
  model: reader,
  prompt: '',
  negative: '',
  options: readingOptions(reader),
  price,
  slots: [[slot.id, slot.edits]],
})

/** What lies ready for one reading; null without a picture or a model for it. */
export const readReadingDesk = () =>
  deskOf(
    modelsStore.getState().list,
    studioStore.getState().readerId,
    sourcesStore.getState().slots,
    readingStore.getState().slotId,
  )

export const useReadingDesk = () => {
  const list = useStore(modelsStore, models => models.list)
  const readerId = useStore(studioStore, choices => choices.readerId)
  const slots = useStore(sourcesStore, sources => sources.slots)
  const slotId = useStore(readingStore, state => state.slotId)
  return deskOf(list, readerId, slots, slotId)
}
