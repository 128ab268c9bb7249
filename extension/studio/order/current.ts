/** What lies ready now, each thing computed once for a change and read by whoever shows or sends it. */
import { useStore } from 'zustand'
import { priceOf } from '../../../bff/contract/values.ts'
import { account } from '../../account/store.ts'
import { modelsStore } from '../../catalogue/catalogue.ts'
import { isImageModel } from '../../catalogue/offered.ts'
import { languageStore } from '../../platform/i18n/i18n.ts'
import { assignSlots } from '../../sources/slots/roles.ts'
import { sourcesStore } from '../../sources/store.ts'
import { derive } from '../../ui/derived-store.ts'
import { wordsOf } from '../prompt/words.ts'
import { studioStore } from '../store.ts'
import { modelFor, optionsFor } from './choices.ts'
import { makeOrder, type Order } from './order.ts'
import { readinessOf } from './readiness.ts'

const modelId = derive([studioStore], choices => choices.modelId)
const said = derive([studioStore], ({ prompt, parts, view, language }) => ({ prompt, parts, view, language }))
const wanted = derive([studioStore], ({ aspect, size, quality, count, transparent, seed }) => ({
  aspect,
  size,
  quality,
  count,
  transparent,
  seed,
}))
const catalogue = derive([modelsStore], ({ list }) => list ?? [])
const slots = derive([sourcesStore], sources => sources.slots)

/** The model in use; undefined until the catalogue has been read. */
export const modelStore = derive([catalogue, modelId], (list, id) => modelFor(list, { modelId: id }))

/** The words as they stand on the panel, for any model. */
export const wordsStore = derive([said, languageStore], (words, { current }) => wordsOf(words, current))

/** The options as the model in use can do them. */
export const optionsStore = derive([modelStore, wanted], (model, choices) => model && optionsFor(model, choices))

const assignedStore = derive([slots, modelStore], (list, model) => (model ? assignSlots(list, model.pictures) : []))

/** What Generate would order; undefined until the catalogue has been read. */
export const orderStore = derive(
  [modelStore, wordsStore, optionsStore, assignedStore],
  (model, words, options, assigned): Order | undefined =>
    model && options && makeOrder({ model, words, options, assigned }),
)

const session = derive([account], ({ status }) => status)
const available = derive([account], ({ balance }) => balance?.available ?? null)

/** Whether it can be ordered now, and if not, what stands in its way. */
export const readinessStore = derive([session, orderStore, available], (session, order, available) =>
  readinessOf({ session, order, available }),
)

/** What each model that makes pictures would take for what lies ready, by its id. */
export const pricesStore = derive(
  [catalogue, wanted, slots],
  (list, choices, slots): ReadonlyMap<string, number> =>
    new Map(
      list.filter(isImageModel).map(model => {
        const pictures = assignSlots(slots, model.pictures).filter(({ used }) => used).length
        return [model.id, priceOf(model.price, optionsFor(model, choices), pictures)]
      }),
    ),
)

export const useCurrentModel = () => useStore(modelStore)
export const useOrder = <T>(select: (order: Order | undefined) => T): T => useStore(orderStore, select)
export const useReadiness = () => useStore(readinessStore)

/** How many pictures like the one ordered now these credits are enough for; null where it costs nothing. */
export const usePicturesLeft = (available: number): number | null =>
  useOrder(order => (order && order.price > 0 ? Math.floor((available * order.options.count) / order.price) : null))
