import { blend, type Canvas, type Colour, clamp, mix, mixColour, smoothstep } from './canvas.ts'
import { fbm, hash, ridges } from './noise.ts'

/** One line of hills; lengths in picture heights. */
export interface Hill {
  base: number
  height: number
  /** How many hills fit beside each other. */
  scale: number
  /** 0 is far (all haze), 1 is near. */
  depth: number
  seed: number
  /** Height of the conifers that stand on it. */
  trees: number
  /** Lets the line run out to one side. */
  slope?: (x: number) => number
}

export interface Air {
  /** The mist over the water. */
  haze: Colour
  /** Hills far away. */
  far: Colour
  /** Hills close by, on their shadow side. */
  shade: Colour
  /** How thick the mist lies on the water. */
  mist: number
}

function treeHeight(x: number, trees: number, seed: number): number {
  const width = trees * 0.42
  const cell = Math.floor(x / width)
  let tallest = 0
  for (let i = cell - 1; i <= cell + 1; i++) {
    const size = 0.35 + 0.65 * hash(i, 1, seed) * hash(i, 3, seed)
    const away = Math.abs(x / width - i - 0.2 - 0.6 * hash(i, 2, seed)) / (0.25 + size * 0.75)
    // A cone with boughs: its edge goes in and out on the way up.
    const cone = 1 - away
    if (cone > 0) tallest = Math.max(tallest, size * (cone + 0.07 * Math.sin(away * 26 + i)))
  }
  return tallest * trees
}

/** Height of the line above the horizon. */
function heightAt(hill: Hill, x: number): number {
  const run = hill.slope ? hill.slope(x) : 1
  const line = hill.base + hill.height * (ridges(x * hill.scale + hill.seed, hill.seed * 0.7, 5, hill.seed) - 0.25)
  const ground = hill.slope ? mix(-0.03, line + 0.03, run) : line
  return hill.trees > 0 && ground > -0.01 ? ground + treeHeight(x, hill.trees, hill.seed) : ground
}

/** Paints one line of hills over what is there. */
export function paintHill(canvas: Canvas, hill: Hill, air: Air, horizon: number): void {
  const { width, height } = canvas
  const bottom = Math.round(horizon * height)
  const body = mixColour(air.far, air.shade, hill.depth)
  for (let x = 0; x < width; x++) {
    const lines = [0.125, 0.375, 0.625, 0.875].map(part => (horizon - heightAt(hill, (x + part) / height)) * height)
    const crest = Math.min(...lines)
    for (let y = Math.max(0, Math.floor(crest)); y < bottom; y++) {
      const cover = lines.reduce((sum, line) => sum + clamp(y + 1 - line), 0) / 4
      const u = x / height
      const v = y / height
      const above = (horizon - v) / (0.1 + 0.5 * hill.height)
      const drift = 0.75 + 0.6 * fbm(u * 2.2 + hill.seed, v * 14, 3, hill.seed)
      const mist = air.mist * drift * Math.exp(-above * (1.4 + 3 * hill.depth))
      const wood = 1 + 0.22 * hill.depth * fbm(u * 60, v * 90, 2, hill.seed + 3)
      const light = smoothstep(0, 0.05, (y - crest) / height)
      const face = mixColour(mixColour(body, air.haze, 0.1 * (1 - light)), air.haze, clamp(mist, 0, 0.94))
      blend(canvas, y * width + x, [face[0] * wood, face[1] * wood, face[2] * wood], cover)
    }
  }
}
