import { fitWithin } from '../clean/fit.ts'
import type { Dimensions } from '../inspect/dimensions.ts'
import type { Edits, Point } from './edits.ts'
import { type Rect, wholeOf } from './rect.ts'

/** How an edited picture lies in a copy of it: the part that is kept, and the size at which it is drawn. */
export interface Placing {
  cut: Rect
  out: Dimensions
  /** Pixels of the copy for one of the picture, across and down. */
  scale: Point
}

/** The kept part, scaled to at most `maxSide` and never up. */
export const placeIn = (picture: Dimensions, { crop }: Edits, maxSide: number): Placing => {
  const cut = crop ?? wholeOf(picture)
  const out = fitWithin(cut, maxSide)
  return { cut, out, scale: [out.width / cut.width, out.height / cut.height] }
}

/** Where a point of the picture lies in the copy. */
export const toCopy = ({ cut, scale }: Placing, [x, y]: Point): Point => [
  (x - cut.x) * scale[0],
  (y - cut.y) * scale[1],
]
