import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Role } from '../../contract/models.ts'
import { resultSize } from './result-size.ts'

const source = (width: number, height: number, role: Role = 'style') => ({
  bytes: Buffer.alloc(0),
  mime: 'image/png' as const,
  width,
  height,
  role,
  weight: 100,
})

test('the size class is the long side, the aspect the other one', () => {
  expect(resultSize('1:1', 1024, [])).toEqual({ width: 1024, height: 1024 })
  expect(resultSize('3:4', 1024, [])).toEqual({ width: 768, height: 1024 })
  expect(resultSize('16:9', 2048, [])).toEqual({ width: 2048, height: 1152 })
})

test('"source" is the shape of the subject, else of the first picture, else a square', () => {
  const pictures = [source(400, 200), source(100, 300, 'subject')]
  expect(resultSize('source', 600, pictures)).toEqual({ width: 200, height: 600 })
  expect(resultSize('source', 600, pictures.slice(0, 1))).toEqual({ width: 600, height: 300 })
  expect(resultSize('source', 600, [])).toEqual({ width: 600, height: 600 })
})

test('any source gives whole sides between 64 pixels and the size class, in its orientation', () => {
  const side = fc.integer({ min: 16, max: 20_000 })
  fc.assert(
    fc.property(side, side, fc.constantFrom(512, 1024, 2048), (width, height, longSide) => {
      const size = resultSize('source', longSide, [source(width, height)])
      expect(Math.max(size.width, size.height)).toBe(longSide)
      expect(Math.min(size.width, size.height)).toBeGreaterThanOrEqual(64)
      expect(size.width >= size.height).toBe(width >= height || size.width === size.height)
    }),
  )
})
