import type { Bitmap } from './bitmap.ts'
import { blur } from './blur.ts'

/** Where in a picture the eye goes, as a share of its width and height. */
export interface Point {
  x: number
  y: number
}

/**
 * How much each pixel of a small picture stands out from its surroundings, in lightness and colour, at two scales.
 * The middle counts a little more: people put there what they mean.
 */
export function saliency({ width, height, l, a, b }: Bitmap): Float32Array {
  const map = new Float32Array(width * height)
  const side = Math.max(width, height)
  for (const [inner, outer] of [
    [side / 64, side / 10],
    [side / 24, side / 5],
  ] as const)
    for (const [plane, gain] of [
      [l, 1],
      [a, 2.5],
      [b, 2.5],
    ] as const) {
      const near = blur(plane, width, height, inner)
      const far = blur(plane, width, height, outer)
      for (let i = 0; i < map.length; i++) map[i]! += Math.abs(near[i]! - far[i]!) * gain
    }
  for (let y = 0, i = 0; y < height; y++) {
    const dy = (y + 0.5) / height - 0.45
    for (let x = 0; x < width; x++, i++) {
      const dx = (x + 0.5) / width - 0.5
      map[i] = map[i]! ** 1.5 * (1 - 0.9 * Math.min(1, dx * dx + dy * dy))
    }
  }
  return map
}

/** The centre of gravity of a saliency map; the middle when nothing stands out. */
export function centroid(map: Float32Array, width: number, height: number): Point {
  let total = 0
  let sumX = 0
  let sumY = 0
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++) {
      const weight = map[i]!
      total += weight
      sumX += weight * (x + 0.5)
      sumY += weight * (y + 0.5)
    }
  return total > 1e-6 ? { x: sumX / total / width, y: sumY / total / height } : { x: 0.5, y: 0.5 }
}
