import { useStore } from 'zustand'
import type { Model } from '../../../bff/contract/models.ts'
import { isOpen } from '../../catalogue/offered.ts'
import { derive } from '../../ui/derived-store.ts'
import { orderStore } from '../order/current.ts'
import { promptLength } from '../order/readiness.ts'
import { studioStore } from '../store.ts'
import { type Priced, pricedStore } from './priced.ts'

/** What another model must be able to do. */
export interface Need {
  pictures: number
  /** Code points of the prompt. */
  words: number
  transparent: boolean
}

const canDo = ({ pictures, promptMax, options }: Model, need: Need) =>
  need.pictures >= pictures.min &&
  need.pictures <= pictures.max &&
  need.words <= promptMax &&
  (options.transparent || !need.transparent)

/** The models that can do the same, the cheapest first. */
export const ableModels = (models: readonly Priced[], need: Need): Priced[] =>
  models
    .filter(({ model }) => isOpen(model) && model.status === 'live' && canDo(model, need))
    .toSorted((a, b) => a.price - b.price)

const needStore = derive(
  [orderStore, derive([studioStore], choices => choices.transparent)],
  (order, transparent): Need => ({
    pictures: order?.pictures.length ?? 0,
    words: promptLength(order?.prompt ?? ''),
    transparent,
  }),
)
const ableStore = derive([pricedStore, needStore], ableModels)

/** The cheapest other model for what lies ready now; undefined where there is none. */
export const useAlternative = (modelId: string | undefined): Priced | undefined =>
  useStore(ableStore, models => models.find(({ model }) => model.id !== modelId))

/** The model that follows one that was or will be switched off, where it can be used. */
export const useSuccessor = (modelId: string | undefined, named?: string | undefined): Priced | undefined =>
  useStore(pricedStore, models => {
    const id = named ?? models.find(({ model }) => model.id === modelId)?.model.successor
    return models.find(({ model }) => model.id === id && isOpen(model))
  })
