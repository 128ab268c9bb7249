import { expect, test } from 'vitest'
import { byReadingOrder, isInView } from './geometry.ts'

const box = (left: number, top: number, width: number, height: number) => ({
  left,
  top,
  right: left + width,
  bottom: top + height,
})

test('a picture in view is at least 48 pixels a side and touches the viewport', () => {
  const sees = (left: number, top: number, width: number, height: number) =>
    isInView(box(left, top, width, height), 1000, 800)
  expect(sees(0, 0, 48, 48)).toBe(true)
  expect(sees(0, 0, 47, 400)).toBe(false)
  expect(sees(0, 0, 400, 47)).toBe(false)
  expect(sees(0, 0, 0, 0)).toBe(false)
  expect(sees(-399, -299, 400, 300)).toBe(true)
  expect(sees(-400, 0, 400, 300)).toBe(false)
  expect(sees(0, -300, 400, 300)).toBe(false)
  expect(sees(1000, 0, 400, 300)).toBe(false)
  expect(sees(0, 800, 400, 300)).toBe(false)
  expect(sees(999, 799, 400, 300)).toBe(true)
})

test('reading order goes row by row, each row from the left, whatever the heights', () => {
  const boxes = [
    { name: 'second row, right', ...box(500, 408, 100, 300) },
    { name: 'first row, right', ...box(500, 0, 100, 100) },
    { name: 'second row, left', ...box(0, 400, 100, 60) },
    { name: 'first row, left', ...box(0, 9, 100, 390) },
    { name: 'above the window', ...box(0, -700, 100, 100) },
  ]
  expect(boxes.sort(byReadingOrder).map(({ name }) => name)).toEqual([
    'above the window',
    'first row, left',
    'first row, right',
    'second row, left',
    'second row, right',
  ])
})
