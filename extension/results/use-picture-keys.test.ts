import { expect, test } from 'vitest'
import { type Box, neighbour } from './use-picture-keys.ts'

/** Rows of boxes, 100 wide, 80 high; a row may be shorter than the others. */
const grid = (...rows: number[]): Box[] =>
  rows.flatMap((count, row) =>
    Array.from({ length: count }, (_, column) => ({ left: column * 110, top: row * 100, width: 100, height: 80 })),
  )

test('left and right follow the order, over the ends of rows', () => {
  const boxes = grid(2, 2)
  expect(neighbour(boxes, 1, 'arrowright')).toBe(2)
  expect(neighbour(boxes, 2, 'arrowleft')).toBe(1)
  expect(neighbour(boxes, 0, 'arrowleft')).toBeUndefined()
  expect(neighbour(boxes, 3, 'arrowright')).toBeUndefined()
})

test('up and down stay in the column, and take the nearest where a row is shorter', () => {
  const boxes = grid(3, 1, 3)
  expect(neighbour(boxes, 0, 'arrowdown')).toBe(3)
  expect(neighbour(boxes, 2, 'arrowdown')).toBe(3)
  expect(neighbour(boxes, 3, 'arrowdown')).toBe(4)
  expect(neighbour(boxes, 6, 'arrowup')).toBe(3)
  expect(neighbour(boxes, 1, 'arrowup')).toBeUndefined()
  expect(neighbour(boxes, 5, 'arrowdown')).toBeUndefined()
})

test('other keys, and pictures that are not there, lead nowhere', () => {
  expect(neighbour(grid(2), 0, 'home')).toBeUndefined()
  expect(neighbour(grid(2), -1, 'arrowright')).toBeUndefined()
})
