import type { PriceFormula } from '../contract/models.ts'

export interface Priced {
  size: string
  /** Null where the model has none to choose. */
  quality: string | null
  /** Pictures sent. */
  pictures: number
  /** Results asked for. */
  count: number
}

/** What a job costs in the formula's unit, whole; the same sum stands on the button. A name the formula does not know changes nothing. */
export function price({ base, perSize, perQuality, perPicture }: PriceFormula, priced: Priced): number {
  const { size, quality, pictures, count } = priced
  const sizePart = Object.hasOwn(perSize, size) ? perSize[size]! : 0
  const factor = quality !== null && Object.hasOwn(perQuality, quality) ? perQuality[quality]! : 1
  return Math.ceil((base + sizePart) * factor + perPicture * Math.max(0, pictures - 1)) * count
}
