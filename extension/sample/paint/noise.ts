/** Seeded noise: the same numbers on every machine and at every call. */

const size = 256
const mask = size - 1

/** A number in 0..1 for a place of an integer grid. */
export function hash(x: number, y = 0, seed = 0): number {
  let h = Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1) ^ Math.imul(seed + 1, 0x9e3779b1)
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return ((h ^ (h >>> 16)) >>> 0) / 4294967296
}

// Directions are looked up, not hashed, at each call: noise is asked for some hundred million times.
const gradients = new Float32Array(size * size * 2)
for (let i = 0; i < size * size; i++) {
  const angle = hash(i & mask, i >> 8, 77) * 2 * Math.PI
  gradients[i * 2] = Math.cos(angle)
  gradients[i * 2 + 1] = Math.sin(angle)
}

function corner(ix: number, iy: number, dx: number, dy: number): number {
  const i = (((iy & mask) << 8) | (ix & mask)) << 1
  return gradients[i]! * dx + gradients[i + 1]! * dy
}

/** Gradient noise, about -1..1, smooth. */
export function noise(x: number, y: number, seed = 0): number {
  const x0 = Math.floor(x)
  const y0 = Math.floor(y)
  const fx = x - x0
  const fy = y - y0
  const ix = x0 + seed * 37
  const iy = y0 + seed * 101
  const sx = fx * fx * fx * (fx * (fx * 6 - 15) + 10)
  const sy = fy * fy * fy * (fy * (fy * 6 - 15) + 10)
  const a = corner(ix, iy, fx, fy)
  const b = corner(ix + 1, iy, fx - 1, fy)
  const c = corner(ix, iy + 1, fx, fy - 1)
  const d = corner(ix + 1, iy + 1, fx - 1, fy - 1)
  const top = a + (b - a) * sx
  return (top + (c + (d - c) * sx - top) * sy) * 1.42
}

/** Noise of several scales, each half as strong as the last; about -1..1. */
export function fbm(x: number, y: number, octaves: number, seed = 0): number {
  let sum = 0
  let strength = 0.5
  for (let i = 0; i < octaves; i++) {
    sum += strength * noise(x, y, seed + i)
    // A turn between octaves hides the grid.
    const turned = 1.6 * x - 1.2 * y
    y = 1.2 * x + 1.6 * y
    x = turned
    strength *= 0.5
  }
  return sum
}

/** Like `fbm`, with sharp crests as mountains have; 0..1. */
export function ridges(x: number, y: number, octaves: number, seed = 0): number {
  let sum = 0
  let strength = 0.5
  let carry = 1
  for (let i = 0; i < octaves; i++) {
    const crest = 1 - Math.abs(noise(x, y, seed + i))
    carry *= crest * crest
    sum += strength * carry
    x = x * 2.03 + 17.3
    y = y * 2.03 - 5.1
    strength *= 0.5
  }
  return sum
}
