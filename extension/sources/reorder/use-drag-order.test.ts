import { expect, test } from 'vitest'
import { nearestBox } from './use-drag-order.ts'

test('the nearest box is the one whose middle is nearest, in whatever row', () => {
  const box = (left: number, top: number) => ({ left, top, right: left + 92, bottom: top + 120 })
  const boxes = [box(0, 0), box(100, 0), box(200, 0), box(0, 128)]
  expect(nearestBox(boxes, 10, 10)).toBe(0)
  expect(nearestBox(boxes, 160, 60)).toBe(1)
  expect(nearestBox(boxes, 900, 60)).toBe(2)
  expect(nearestBox(boxes, 30, 300)).toBe(3)
  expect(nearestBox([], 0, 0)).toBe(-1)
})
