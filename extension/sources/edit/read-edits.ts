import { isRecord } from '../../platform/storage/item.ts'
import { minSide } from '../clean/fit.ts'
import type { Dimensions } from '../inspect/dimensions.ts'
import type { Blur, Edits, Point } from './edits.ts'
import type { Rect } from './rect.ts'

const isWholeNumber = (value: unknown): value is number => Number.isSafeInteger(value)

const readRect = (value: unknown, picture: Dimensions, least: number): Rect | undefined => {
  if (!isRecord(value)) return undefined
  const { x, y, width, height } = value
  if (!isWholeNumber(x) || !isWholeNumber(y) || !isWholeNumber(width) || !isWholeNumber(height)) return undefined
  const isInside = x >= 0 && y >= 0 && x + width <= picture.width && y + height <= picture.height
  return isInside && width >= least && height >= least ? { x, y, width, height } : undefined
}

const isPoint = (value: unknown): value is Point =>
  Array.isArray(value) && value.length === 2 && value.every(isWholeNumber)

const readBlur = (value: unknown, picture: Dimensions): Blur | undefined => {
  if (!isRecord(value)) return undefined
  const { kind, width, points } = value
  if (kind === 'area') {
    const area = readRect(value.area, picture, 1)
    return area && { kind, area }
  }
  return kind === 'stroke' && isWholeNumber(width) && width > 0 && Array.isArray(points) && points.every(isPoint)
    ? { kind, width, points }
    : undefined
}

/**
 * Stored edits of a picture of this size; undefined when anything of them is damaged. To go on with a part of them would
 * send what the person cut off or blurred.
 */
export const readEdits = (value: unknown, picture: Dimensions): Edits | undefined => {
  if (!isRecord(value) || !Array.isArray(value.blurs)) return undefined
  const crop = value.crop === null ? null : readRect(value.crop, picture, minSide)
  const blurs = value.blurs.flatMap(blur => readBlur(blur, picture) ?? [])
  return crop === undefined || blurs.length < value.blurs.length ? undefined : { crop, blurs }
}
