import type { GenerationOptions } from '../../bff/contract/generations.ts'
import type { PriceFormula } from '../../bff/contract/models.ts'

type Options = Pick<GenerationOptions, 'size' | 'quality' | 'count'>

/** Credits for one job, by the sum of the contract: what is made by size and quality, each picture after the first, times the results. */
export const priceOf = (
  { base, perSize, perQuality, perPicture }: PriceFormula,
  options: Options,
  pictures: number,
) => {
  const { size, quality, count = 1 } = options
  const factor = quality === undefined ? 1 : (perQuality[quality] ?? 1)
  return Math.ceil((base + (perSize[size] ?? 0)) * factor + perPicture * Math.max(0, pictures - 1)) * count
}
