import type { PriceFormula } from '../../bff/contract/models.ts'

/** Credits for one result: base + size + each picture after the first. */
export const priceOf = ({ base, perSize, perPicture }: PriceFormula, size: string, pictures: number) =>
  base + (perSize[size] ?? 0) + perPicture * Math.max(0, pictures - 1)
