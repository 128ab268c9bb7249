import type { Model } from '../../../bff/contract/models.ts'
import { isImageModel, isOpen } from '../../catalogue/offered.ts'

/** What the other model must be able to do. */
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

/** The cheapest other model that can do the same. */
export const alternativeTo = (
  list: readonly Model[],
  modelId: string | undefined,
  need: Need,
  priceFor: (model: Model) => number,
) =>
  list
    .filter(model => isImageModel(model) && isOpen(model) && model.status === 'live' && model.id !== modelId)
    .filter(model => canDo(model, need))
    .map(model => ({ model, price: priceFor(model) }))
    .toSorted((a, b) => a.price - b.price)[0]
