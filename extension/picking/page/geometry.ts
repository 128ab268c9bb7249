/** A rectangle in CSS pixels of the viewport, as `getBoundingClientRect` gives it. */
export type Box = Pick<DOMRect, 'left' | 'top' | 'right' | 'bottom'>

/** Smaller pictures are icons and counting pixels. */
const smallestSide = 48

/**
 * Big enough, and at least partly inside a viewport of this size. Asks for what most pictures of a long page fail first:
 * in a page of 10,000 each reading of a side costs a millisecond.
 */
export const isInView = (box: Box, width: number, height: number) =>
  box.top < height &&
  box.bottom > 0 &&
  box.left < width &&
  box.right > 0 &&
  box.right - box.left >= smallestSide &&
  box.bottom - box.top >= smallestSide

const row = ({ top }: Box) => Math.round(top / smallestSide)

/** Row by row from the top, each row from the left; pictures that begin at about the same height share a row. */
export const byReadingOrder = (a: Box, b: Box) => row(a) - row(b) || a.left - b.left
