import type { PagePicture } from '../../picking/protocol.ts'

type Shape = Pick<PagePicture, 'width' | 'height'>

/** The same shape but for rounding to whole pixels: a crop is another picture to the person who chose it. */
export const isSameShape = (one: Shape, other: Shape) =>
  Math.abs((one.width * other.height) / one.height - other.width) <= 1 ||
  Math.abs((one.height * other.width) / one.width - other.height) <= 1
