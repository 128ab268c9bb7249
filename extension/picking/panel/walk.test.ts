import { expect, test } from 'vitest'
import { walk } from './walk.ts'

const pictures = [
  { frame: '0.1', id: 7 },
  { frame: '0.1', id: 3 },
  { frame: '0.2', id: 7 },
]
const [first, second, third] = pictures as [(typeof pictures)[0], (typeof pictures)[0], (typeof pictures)[0]]

test('arrows walk through the pictures of all frames', () => {
  expect(walk(pictures, first, 'ArrowRight')).toBe(second)
  expect(walk(pictures, second, 'ArrowDown')).toBe(third)
  expect(walk(pictures, third, 'ArrowLeft')).toBe(second)
  expect(walk(pictures, second, 'ArrowUp')).toBe(first)
})

test('the ends are ends', () => {
  expect(walk(pictures, third, 'ArrowRight')).toBeUndefined()
  expect(walk(pictures, first, 'ArrowLeft')).toBeUndefined()
  expect(walk([], null, 'ArrowRight')).toBeUndefined()
})

test('from nowhere, or from a picture out of sight, it begins at an end', () => {
  expect(walk(pictures, null, 'ArrowRight')).toBe(first)
  expect(walk(pictures, null, 'ArrowUp')).toBe(third)
  expect(walk(pictures, { frame: '0.9', id: 7 }, 'ArrowDown')).toBe(first)
})
