import * as v from 'valibot'
import { readAs } from '../../platform/shape.ts'
import { minSide } from '../clean/fit.ts'
import type { Dimensions } from '../inspect/dimensions.ts'
import type { Edits } from './edits.ts'
import type { Rect } from './rect.ts'

const whole = v.pipe(v.number(), v.safeInteger())
const RectShape = v.object({ x: whole, y: whole, width: whole, height: whole })

const EditsShape = v.object({
  crop: v.nullable(RectShape),
  blurs: v.array(
    v.variant('kind', [
      v.object({
        kind: v.literal('stroke'),
        width: v.pipe(whole, v.minValue(1)),
        points: v.array(v.strictTuple([whole, whole])),
      }),
      v.object({ kind: v.literal('area'), area: RectShape }),
    ]),
  ),
}) satisfies v.GenericSchema<unknown, Edits>

const isInside = ({ x, y, width, height }: Rect, picture: Dimensions, least: number) =>
  x >= 0 && y >= 0 && x + width <= picture.width && y + height <= picture.height && Math.min(width, height) >= least

/**
 * Stored edits of a picture of this size; undefined when anything of them is damaged. To go on with a part of them would
 * send what the person cut off or blurred.
 */
export const readEdits = (value: unknown, picture: Dimensions): Edits | undefined => {
  const edits = readAs(EditsShape, value)
  if (!edits) return undefined
  const { crop, blurs } = edits
  const fits =
    (crop === null || isInside(crop, picture, minSide)) &&
    blurs.every(blur => blur.kind === 'stroke' || isInside(blur.area, picture, 1))
  return fits ? edits : undefined
}
