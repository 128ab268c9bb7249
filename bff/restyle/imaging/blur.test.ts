import { describe, expect, test } from 'vitest'
import { blur } from './blur.ts'
import { whiteNoise } from './noise.ts'

const impulse = (size: number) => {
  const plane = new Float32Array(size * size)
  plane[Math.floor(size / 2) * size + Math.floor(size / 2)] = 1
  return plane
}

/** Standard deviation along x of a spread-out point. */
function spread(plane: Float32Array, size: number) {
  let total = 0
  let sum = 0
  let squares = 0
  for (let i = 0; i < plane.length; i++) {
    const x = i % size
    total += plane[i]!
    sum += plane[i]! * x
    squares += plane[i]! * x * x
  }
  return Math.sqrt(squares / total - (sum / total) ** 2)
}

describe('blur', () => {
  test.each([0.5, 1, 1.7, 3, 6, 11])('spreads a point by sigma %f and loses nothing', sigma => {
    const size = 121
    const soft = blur(impulse(size), size, size, sigma)
    // Wide blurs work on a smaller copy, which adds the width of its own pixels.
    expect(spread(soft, size)).toBeGreaterThan(sigma * 0.98)
    expect(spread(soft, size)).toBeLessThan(sigma * 1.08)
    expect(soft.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 1)
  })

  test('leaves its input and an even plane alone, at every shape', () => {
    for (const [width, height] of [
      [1, 1],
      [1, 40],
      [40, 1],
      [7, 5],
      [64, 33],
    ] as const)
      for (const sigma of [0.1, 1, 5, 30]) {
        const even = new Float32Array(width * height).fill(0.4)
        const soft = blur(even, width, height, sigma)
        for (const value of soft) expect(value).toBeCloseTo(0.4, 4)
        expect(even.every(value => value === Math.fround(0.4))).toBe(true)
      }
  })

  test('takes noise away', () => {
    const noise = whiteNoise(64, 64, 3)
    const power = (plane: Float32Array) => plane.reduce((sum, value) => sum + value * value, 0)
    expect(power(blur(noise, 64, 64, 3))).toBeLessThan(power(noise) * 0.02)
  })
})
