import type { GenerationOptions } from '../../../bff/contract/generations.ts'
import type { Model } from '../../../bff/contract/models.ts'
import { priceOf } from '../../../bff/contract/values.ts'
import { readingModels } from '../../catalogue/offered.ts'

/** There is nothing to choose: what the catalogue names first. */
export const readingOptions = ({ aspects, sizes }: Model): GenerationOptions => ({
  aspect: aspects[0] ?? 'source',
  size: sizes[0]?.name ?? '',
})

export const readingPrice = (model: Model) => priceOf(model.price, readingOptions(model), 1)

/** The chosen model, else the cheapest; the catalogue's order decides between equals. */
export const readerFor = (list: readonly Model[], readerId: string | null): Model | undefined => {
  const ready = readingModels(list)
  return ready.find(({ id }) => id === readerId) ?? ready.toSorted((a, b) => readingPrice(a) - readingPrice(b))[0]
}
