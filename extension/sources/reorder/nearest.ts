type Box = Pick<DOMRect, 'left' | 'right' | 'top' | 'bottom'>

/** Index of the box whose middle is nearest to a point; -1 without any. */
export const nearestBox = (boxes: readonly Box[], x: number, y: number): number => {
  const distances = boxes.map(({ left, right, top, bottom }) =>
    Math.hypot((left + right) / 2 - x, (top + bottom) / 2 - y),
  )
  return distances.indexOf(Math.min(...distances))
}
