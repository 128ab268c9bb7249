/** Where an element stands; a DOMRect is one. */
export interface Box {
  left: number
  top: number
  width: number
  height: number
}

const middle = (box: Box): number => box.left + box.width / 2

/** Index of the picture an arrow key leads to; undefined at the border. Up and down look for the nearest in the next row. */
export function neighbour(boxes: readonly Box[], from: number, key: string): number | undefined {
  const start = boxes[from]
  if (!start) return undefined
  if (key === 'arrowleft' || key === 'arrowright') {
    const to = from + (key === 'arrowright' ? 1 : -1)
    return boxes[to] ? to : undefined
  }
  const direction = key === 'arrowdown' ? 1 : key === 'arrowup' ? -1 : 0
  const rows = boxes
    .map((box, index) => ({ box, index, distance: (box.top - start.top) * direction }))
    .filter(({ distance }) => direction !== 0 && distance > start.height / 2)
  const nearest = Math.min(...rows.map(({ distance }) => distance))
  return rows
    .filter(({ distance }) => distance <= nearest + start.height / 2)
    .sort((a, b) => Math.abs(middle(a.box) - middle(start)) - Math.abs(middle(b.box) - middle(start)))[0]?.index
}
