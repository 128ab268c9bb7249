import { describe, expect, test } from 'vitest'
import { createBitmap } from './bitmap.ts'
import { fromRgb, labOfLinear, linearOf, toRgb } from './oklab.ts'

const quiet = () => {}

describe('Oklab', () => {
  test('agrees with the published values', () => {
    const near = (actual: readonly number[], expected: number[]) =>
      actual.forEach((value, k) => {
        expect(value).toBeCloseTo(expected[k]!, 3)
      })
    near(labOfLinear(1, 1, 1), [1, 0, 0])
    near(labOfLinear(1, 0, 0), [0.628, 0.2249, 0.1258])
    near(labOfLinear(0, 0, 1), [0.452, -0.0325, -0.3115])
  })

  test('linear light there and back', () => {
    for (const colour of [
      [0.2, 0.5, 0.9],
      [1, 0, 0.3],
      [0, 0, 0],
    ] as const) {
      const back = linearOf(...labOfLinear(colour[0], colour[1], colour[2]))
      back.forEach((value, k) => {
        expect(value).toBeCloseTo(colour[k]!, 4)
      })
    }
  })

  test('every 8-bit colour comes back within one step', () => {
    const rgb = Uint8Array.from({ length: 32 * 32 * 32 * 3 }, (_, i) => {
      const pixel = Math.floor(i / 3)
      return [(pixel & 31) * 8, ((pixel >> 5) & 31) * 8, (pixel >> 10) * 8][i % 3]!
    })
    const back = toRgb(fromRgb(rgb, 32 * 32, 32, quiet), quiet)
    let worst = 0
    for (let i = 0; i < rgb.length; i++) worst = Math.max(worst, Math.abs(rgb[i]! - back[i]!))
    expect(worst).toBeLessThanOrEqual(1)
  })

  test('a colour that no screen shows keeps its hue', () => {
    const bitmap = createBitmap(1, 1)
    bitmap.l[0] = 0.7
    bitmap.a[0] = 0.2
    bitmap.b[0] = 0.2
    const shown = fromRgb(toRgb(bitmap, quiet), 1, 1, quiet)
    expect(Math.atan2(shown.b[0]!, shown.a[0]!)).toBeCloseTo(Math.PI / 4, 1)
  })
})
