import type { Model } from '../../../bff/contract/models.ts'
import { priceOf } from '../../../bff/contract/values.ts'
import { readingModels } from '../../catalogue/offered.ts'
import type { OrderOptions } from '../order/choices.ts'

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
