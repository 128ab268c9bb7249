import type { PriceFormula } from '../contract/models.ts'

/** What a job costs, in whole credits; the same formula stands on the button. A size the formula does not name adds nothing. */
export function price(formula: PriceFormula, size: string, pictures: number): number {
  const sizePart = Object.hasOwn(formula.perSize, size) ? formula.perSize[size]! : 0
  return formula.base + sizePart + formula.perPicture * Math.max(0, pictures - 1)
}
