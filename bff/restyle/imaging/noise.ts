import type { Plane } from './bitmap.ts'

/** Uniform numbers in [0, 1), the same sequence for the same seed (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** A number in [0, 1) that depends only on the lattice point and the seed. */
export function hash(x: number, y: number, seed: number): number {
  let h = Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1) ^ Math.imul(seed, 0x9e3779b1)
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return ((h ^ (h >>> 16)) >>> 0) / 4294967296
}

/** White noise in [-1, 1). */
export function whiteNoise(width: number, height: number, seed: number): Plane {
  const plane = new Float32Array(width * height)
  for (let y = 0, i = 0; y < height; y++) for (let x = 0; x < width; x++, i++) plane[i] = hash(x, y, seed) * 2 - 1
  return plane
}

/**
 * Cloudy noise around 0, mostly within [-1, 1]: value noise in octaves, the coarsest with spots about `size` pixels wide,
 * each further one half as wide and `gain` times as strong.
 */
export function clouds(width: number, height: number, size: number, octaves: number, seed: number, gain = 0.5): Plane {
  const plane = new Float32Array(width * height)
  let strength = 1
  let total = 0
  for (let octave = 0; octave < octaves; octave++) {
    addValueNoise(plane, width, height, Math.max(1, size / 2 ** octave), strength, seed + octave * 7919)
    total += strength * strength
    strength *= gain
  }
  // Value noise between lattice points varies less than the lattice itself; 1.7 brings it back to about [-1, 1].
  const scale = 1.7 / Math.sqrt(total)
  for (let i = 0; i < plane.length; i++) plane[i]! *= scale
  return plane
}

function addValueNoise(plane: Plane, width: number, height: number, size: number, strength: number, seed: number) {
  const columns = Math.ceil(width / size) + 2
  const index = new Int32Array(width)
  const weight = new Float32Array(width)
  for (let x = 0; x < width; x++) {
    const at = x / size
    index[x] = at
    weight[x] = fade(at - Math.floor(at))
  }
  const latticeRow = (row: number) => Float32Array.from({ length: columns }, (_, x) => hash(x, row, seed) * 2 - 1)
  let row = 0
  let above = latticeRow(0)
  let below = latticeRow(1)
  for (let y = 0, i = 0; y < height; y++) {
    const at = y / size
    if (Math.floor(at) !== row) {
      row = Math.floor(at)
      above = below
      below = latticeRow(row + 1)
    }
    const v = fade(at - row)
    for (let x = 0; x < width; x++, i++) {
      const k = index[x]!
      const top = above[k]! + (above[k + 1]! - above[k]!) * weight[x]!
      const bottom = below[k]! + (below[k + 1]! - below[k]!) * weight[x]!
      plane[i]! += (top + (bottom - top) * v) * strength
    }
  }
}

const fade = (t: number) => t * t * t * (t * (t * 6 - 15) + 10)
