import { describe, expect, test } from 'vitest'
import { largestCrop } from './crop.ts'
import { centroid, saliency } from './imaging/saliency.ts'
import { paintBitmap } from './test/pictures.ts'

const middle = { x: 0.5, y: 0.5 }

describe('where the eye goes', () => {
  test.each([
    [0.2, 0.3],
    [0.8, 0.7],
  ])('to the bright spot at %f, %f', (x, y) => {
    const picture = paintBitmap(96, 72, (u, v) => (Math.hypot(u - x, v - y) < 0.08 ? [250, 220, 40] : [60, 70, 90]))
    const eye = centroid(saliency(picture), 96, 72)
    expect(Math.abs(eye.x - x)).toBeLessThan(0.12)
    expect(Math.abs(eye.y - y)).toBeLessThan(0.12)
  })

  test('to the middle where nothing stands out', () => {
    expect(centroid(saliency(paintBitmap(30, 30, () => [90, 90, 90])), 30, 30)).toEqual(middle)
  })
})

describe('the crop', () => {
  test('takes the largest crop of the aspect and follows the eye up to the border', () => {
    const wide = { width: 400, height: 100, aspect: 1, zoom: 1, target: middle }
    expect(largestCrop(wide, middle)).toEqual({ left: 150, top: 0, width: 100, height: 100 })
    expect(largestCrop(wide, { x: 0.05, y: 0.5 })).toEqual({ left: 0, top: 0, width: 100, height: 100 })
    expect(largestCrop(wide, { x: 1, y: 0.5 })).toEqual({ left: 300, top: 0, width: 100, height: 100 })
  })

  test('puts the eye where the target says when there is room', () => {
    const crop = largestCrop({ width: 300, height: 300, aspect: 1, zoom: 1.5, target: { x: 0.25, y: 0.75 } }, middle)
    expect(crop).toEqual({ left: 100, top: 0, width: 200, height: 200 })
  })

  test('never leaves the picture, however thin', () => {
    for (const [width, height] of [
      [1, 500],
      [500, 1],
      [3, 2],
    ] as const)
      for (const aspect of [0.3, 1, 3]) {
        const crop = largestCrop({ width, height, aspect, zoom: 1.2, target: middle }, { x: 1, y: 1 })
        expect(crop.width).toBeGreaterThanOrEqual(1)
        expect(crop.height).toBeGreaterThanOrEqual(1)
        expect(crop.left + crop.width).toBeLessThanOrEqual(width)
        expect(crop.top + crop.height).toBeLessThanOrEqual(height)
      }
  })
})
