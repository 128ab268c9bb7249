import { useStore } from 'zustand'
import type { Model } from '../../../bff/contract/models.ts'
import { priceOf } from '../../../bff/contract/values.ts'
import { account } from '../../account/store.ts'
import { modelsStore } from '../../catalogue/catalogue.ts'
import { readingModels } from '../../catalogue/offered.ts'
import { results } from '../../jobs/jobs.ts'
import { isOpen } from '../../jobs/state.ts'
import { isReady } from '../../sources/slots/slot.ts'
import { sourcesStore } from '../../sources/store.ts'
import { derive } from '../../ui/derived-store.ts'
import type { OrderOptions } from '../order/choices.ts'
import type { Order } from '../order/order.ts'
import { type Readiness, readinessOf } from '../order/readiness.ts'
import { studioStore } from '../store.ts'
import { readingStore } from './reading-store.ts'

/** There is nothing to choose: what the catalogue names first. */
export const readingOptions = ({ aspects, sizes }: Model): OrderOptions => ({
  aspect: aspects[0] ?? 'source',
  size: sizes[0]?.name ?? '',
  seed: null,
  quality: null,
  count: 1,
  transparent: false,
})

export const readingPrice = (model: Model) => priceOf(model.price, readingOptions(model), 1)

/** The chosen model, else the cheapest; the catalogue's order decides between equals. */
export const readerFor = (list: readonly Model[], readerId: string | null): Model | undefined => {
  const ready = readingModels(list)
  return ready.find(({ id }) => id === readerId) ?? ready.toSorted((a, b) => readingPrice(a) - readingPrice(b))[0]
}

const readerId = derive([studioStore], choices => choices.readerId)
const slots = derive([sourcesStore], sources => sources.slots)
const slotId = derive([readingStore], state => state.slotId)
const awaited = derive([readingStore], state => state.awaited)

const readerStore = derive([modelsStore, readerId], ({ list }, id) => readerFor(list ?? [], id))

/** The picture that would be read. */
const slotStore = derive([slots, slotId], (list, id) => {
  const ready = list.filter(isReady)
  return ready.find(slot => slot.id === id) ?? ready[0]
})

/** One picture, no words: what a reading orders; undefined without a picture or a model for it. */
export const readingOrder = derive(
  [readerStore, slotStore],
  (model, slot): Order | undefined =>
    model &&
    slot && {
      model,
      prompt: '',
      negative: '',
      options: readingOptions(model),
      pictures: [{ slot, role: model.pictures.roles[0] ?? 'subject', weight: 100 }],
      price: readingPrice(model),
    },
)

const awaitedJob = derive([results.store, awaited], ({ jobs }, id) => (id === null ? undefined : jobs[id]))

/** The reading that was ordered last, as long as its words are not in the parts. */
export const useAwaitedJob = () => useStore(awaitedJob)

/** One at a time. Whether the credits are enough is left to the backend: its answer leads on from where one reads. */
export const readingReadiness = derive([account, readingOrder, awaitedJob], ({ status }, order, job): Readiness => {
  if (status === 'signing-in') return { kind: 'sign_in' }
  if (job && isOpen(job)) return { kind: 'busy' }
  return readinessOf({ session: status, order, available: null })
})

/** What the person chose for it. */
export const readingDraft = derive([readerId, slots, slotId], (...chosen) => chosen)
