import { describe, expect, test } from 'vitest'
import type { Bitmap } from '../imaging/bitmap.ts'
import { evening, paintBitmap, weave } from '../test/pictures.ts'
import { transferColours } from './colour.ts'

const moments = (plane: Float32Array) => {
  const mean = plane.reduce((sum, value) => sum + value, 0) / plane.length
  const variance = plane.reduce((sum, value) => sum + (value - mean) ** 2, 0) / plane.length
  return { mean, deviation: Math.sqrt(variance) }
}
const planes = ['l', 'a', 'b'] as const
const momentsOf = (bitmap: Bitmap) => planes.map(name => moments(bitmap[name]))
const quiet = () => {}
const size = 160

const transferred = (image: Bitmap, strength: { tone: number; colour: number }) => {
  transferColours(image, paintBitmap(size, size, weave), strength, quiet)
  return image
}

describe('transferColours', () => {
  test('brings mean and spread of lightness and colour close to the guide', () => {
    const guide = momentsOf(paintBitmap(size, size, weave))
    const before = momentsOf(paintBitmap(size, size, evening))
    const after = momentsOf(transferred(paintBitmap(size, size, evening), { tone: 1, colour: 1 }))
    for (const k of [0, 1, 2]) {
      const off = (moment: { mean: number; deviation: number }) => ({
        mean: Math.abs(moment.mean - guide[k]!.mean),
        deviation: Math.abs(moment.deviation - guide[k]!.deviation),
      })
      expect(off(after[k]!).mean).toBeLessThan(off(before[k]!).mean * 0.4)
      expect(off(after[k]!).deviation).toBeLessThan(off(before[k]!).deviation * 0.8)
    }
  })

  test('half the strength goes about half the way', () => {
    const [before, half, full] = [0, 0.5, 1].map(colour =>
      momentsOf(transferred(paintBitmap(size, size, evening), { tone: 0, colour })),
    )
    const share = (half![1]!.mean - before![1]!.mean) / (full![1]!.mean - before![1]!.mean)
    expect(share).toBeCloseTo(0.5, 2)
  })

  test('colours alone leave the light as it was', () => {
    const plain = paintBitmap(size, size, evening)
    expect(transferred(paintBitmap(size, size, evening), { tone: 0, colour: 1 }).l).toEqual(plain.l)
  })

  test('a grey picture takes colour too, and order of light and dark stays', () => {
    const grey = paintBitmap(size, size, (u, v) => {
      const tone = 255 * (0.2 + 0.6 * u) * (0.6 + 0.4 * v)
      return [tone, tone, tone]
    })
    const before = grey.l.slice()
    transferred(grey, { tone: 1, colour: 1 })
    expect(Math.abs(moments(grey.a).mean)).toBeGreaterThan(0.015)
    for (let i = 1; i < size; i++)
      if (before[i]! > before[i - 1]!) expect(grey.l[i]!).toBeGreaterThanOrEqual(grey.l[i - 1]! - 1e-6)
  })

  test('pictures of one colour survive as guide and as picture', () => {
    const one = paintBitmap(20, 20, () => [120, 40, 200])
    transferColours(
      one,
      paintBitmap(20, 20, () => [10, 200, 30]),
      { tone: 1, colour: 1 },
      quiet,
    )
    for (const name of planes) expect(one[name].every(Number.isFinite)).toBe(true)
  })
})
