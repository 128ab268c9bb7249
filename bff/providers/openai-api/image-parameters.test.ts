import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fitSize, type SizeLimits } from './image-parameters.ts'

/** Those of gpt-image-2 and later. */
const limits: SizeLimits = { step: 16, maxSide: 3840, maxRatio: 3, minPixels: 655_360, maxPixels: 8_294_400 }

test.each([
  [1024, 1024, '1024x1024'],
  [1536, 1024, '1536x1024'],
  [1024, 683, '1024x688'],
  [1024, 576, '1088x608'],
  [576, 1024, '608x1088'],
  [2048, 1152, '2048x1152'],
  [3840, 2160, '3840x2160'],
  [3840, 3840, '2880x2880'],
  [4096, 2304, '3840x2160'],
  [1024, 64, '1408x480'],
])('a wish for %i x %i is made as %s', (width, height, made) => {
  const size = fitSize({ width, height }, limits)
  expect(`${size.width}x${size.height}`).toBe(made)
})

test('whatever is wished for, the size is one that the model makes, and as near in shape as it can be', () => {
  const side = fc.integer({ min: 64, max: 8192 })
  fc.assert(
    fc.property(side, side, (width, height) => {
      const made = fitSize({ width, height }, limits)
      const long = Math.max(made.width, made.height)
      const short = Math.min(made.width, made.height)
      expect((made.width % 16) + (made.height % 16)).toBe(0)
      expect(long).toBeLessThanOrEqual(3840)
      expect(long / short).toBeLessThanOrEqual(3)
      expect(long * short).toBeGreaterThanOrEqual(655_360)
      expect(long * short).toBeLessThanOrEqual(8_294_400)
      if (long > short) expect(made.width > made.height).toBe(width > height)
      const wanted = Math.min(3, Math.max(width, height) / Math.min(width, height))
      expect(Math.abs(long / wanted - short)).toBeLessThanOrEqual(16)
    }),
    { seed: 20_261_121, numRuns: 2000 },
  )
})

test('a small model of one’s own gets what it can make', () => {
  const own: SizeLimits = { step: 64, maxSide: 768, maxRatio: 2, minPixels: 64 * 64, maxPixels: 768 * 768 }
  expect(fitSize({ width: 1024, height: 1024 }, own)).toEqual({ width: 768, height: 768 })
  expect(fitSize({ width: 512, height: 100 }, own)).toEqual({ width: 512, height: 256 })
})
