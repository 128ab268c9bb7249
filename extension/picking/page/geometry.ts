/** A rectangle in CSS pixels of the viewport, as `getBoundingClientRect` gives it. */
export type Box = Pick<DOMRect, 'left' | 'top' | 'right' | 'bottom'>

/** Smaller pictures are icons and counting pixels. */
const smallestSide = 48

/** Big enough, and at least partly inside a viewport of this size. */
export const isInView = ({ left, top, right, bottom }: Box, width: number, height: number) =>
  right - left >= smallestSide &&
  bottom - top >= smallestSide &&
  right > 0 &&
  bottom > 0 &&
  left < width &&
  top < height

const row = ({ top }: Box) => Math.round(top / smallestSide)

/** Row by row from the top, each row from the left; pictures that begin at about the same height share a row. */
export const byReadingOrder = (a: Box, b: Box) => row(a) - row(b) || a.left - b.left
