import type { Plane } from './bitmap.ts'
import { blur } from './blur.ts'
import { clouds, hash } from './noise.ts'

/** Height of rough paper around 0, mostly within [-1, 1]: broad waves, tooth, and the finest grain. */
export function paperTooth(width: number, height: number, unit: number, seed: number): Plane {
  return clouds(width, height, Math.max(2, 9 * unit), 3, seed, 0.8)
}

/** Light from the side over a paper's tooth, around 0. */
export function paperShade(tooth: Plane, width: number, height: number, unit: number): Plane {
  const shade = new Float32Array(tooth.length)
  const gain = 0.5 * Math.max(0.7, unit)
  for (let y = 1; y < height - 1; y++)
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x
      shade[i] = (tooth[i + 1]! - tooth[i - 1]! + tooth[i + width]! - tooth[i - width]!) * gain
    }
  return shade
}

/** Long pale fibres of washi, 0 to 1: short curved lines strewn over the sheet. */
export function washiFibres(width: number, height: number, unit: number, seed: number): Plane {
  const plane = new Float32Array(width * height)
  const count = Math.round((width * height) / (unit * unit * 2600))
  for (let k = 0; k < count; k++) {
    let x = hash(k, 1, seed) * width
    let y = hash(k, 2, seed) * height
    let angle = hash(k, 3, seed) * Math.PI * 2
    const bend = (hash(k, 4, seed) - 0.5) * 0.12
    const length = (14 + 60 * hash(k, 5, seed) ** 3) * unit
    const strength = 0.25 + 0.75 * hash(k, 6, seed)
    for (let s = 0; s < length; s++) {
      const column = x | 0
      const row = y | 0
      if (column < 0 || row < 0 || column >= width || row >= height) break
      plane[row * width + column] = strength
      x += Math.cos(angle)
      y += Math.sin(angle)
      angle += bend / unit
    }
  }
  return blur(plane, width, height, 0.45 + 0.2 * unit)
}
