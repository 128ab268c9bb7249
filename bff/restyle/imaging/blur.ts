import type { Bitmap, Plane } from './bitmap.ts'
import { enlargePlane, shrinkPlane } from './resample.ts'

/** Passes of a box that together come close to a Gaussian. */
const passes = 3

/**
 * Gaussian blur of a plane, in time that does not depend on `sigma`: three extended boxes
 * (Gwosdek and others 2011: the outermost pixels count in part, so that any width is met exactly). Borders repeat.
 */
export function blur(plane: Plane, width: number, height: number, sigma: number): Plane {
  if (sigma < 0.2) return plane.slice()
  // A wide blur leaves nothing finer than a third of its width: a small copy holds all of it.
  const factor = Math.min(Math.floor(sigma / 2), Math.max(1, Math.floor(Math.min(width, height) / 8)))
  if (factor > 1) {
    const small = shrinkPlane(plane, width, height, factor)
    const blurred = blur(small, Math.ceil(width / factor), Math.ceil(height / factor), sigma / factor)
    return enlargePlane(blurred, factor, width, height)
  }
  const variance = (sigma * sigma) / passes
  const radius = Math.floor(0.5 * Math.sqrt(12 * variance + 1) - 0.5)
  const edge =
    ((2 * radius + 1) * (radius * (radius + 1) - 3 * variance)) / (6 * (variance - (radius + 1) * (radius + 1)))
  let source = plane
  let target: Plane = new Float32Array(plane.length)
  let spare: Plane = new Float32Array(plane.length)
  for (let pass = 0; pass < passes * 2; pass++) {
    const along = pass < passes ? alongRows : alongColumns
    along(source, target, width, height, radius, edge)
    if (source !== plane) spare = source
    source = target
    target = spare
  }
  return source
}

/** All three planes of a picture blurred. */
export const blurBitmap = ({ width, height, l, a, b }: Bitmap, sigma: number): Bitmap => ({
  width,
  height,
  l: blur(l, width, height, sigma),
  a: blur(a, width, height, sigma),
  b: blur(b, width, height, sigma),
})

function alongRows(from: Plane, to: Plane, width: number, height: number, radius: number, edge: number) {
  const scale = 1 / (2 * radius + 1 + 2 * edge)
  const last = width - 1
  // The row with its borders repeated, so that the inner loop needs no comparison.
  const pad = radius + 1
  const line = new Float64Array(width + 2 * pad)
  for (let y = 0; y < height; y++) {
    const row = y * width
    for (let x = 0; x < pad; x++) {
      line[x] = from[row]!
      line[pad + width + x] = from[row + last]!
    }
    for (let x = 0; x < width; x++) line[pad + x] = from[row + x]!
    let sum = 0
    for (let x = 1; x < 2 * pad; x++) sum += line[x]!
    for (let x = 0; x < width; x++) {
      to[row + x] = (sum + edge * (line[x]! + line[x + 2 * pad]!)) * scale
      sum += line[x + 2 * pad]! - line[x + 1]!
    }
  }
}

function alongColumns(from: Plane, to: Plane, width: number, height: number, radius: number, edge: number) {
  const scale = 1 / (2 * radius + 1 + 2 * edge)
  const rowAt = (y: number) => (y < 0 ? 0 : y >= height ? height - 1 : y) * width
  const sums = new Float64Array(width)
  for (let y = -radius; y <= radius; y++) {
    const row = rowAt(y)
    for (let x = 0; x < width; x++) sums[x]! += from[row + x]!
  }
  for (let y = 0; y < height; y++) {
    const row = y * width
    const before = rowAt(y - radius - 1)
    const leaving = rowAt(y - radius)
    const entering = rowAt(y + radius + 1)
    for (let x = 0; x < width; x++) {
      const sum = sums[x]!
      const next = from[entering + x]!
      to[row + x] = (sum + edge * (from[before + x]! + next)) * scale
      sums[x] = sum + next - from[leaving + x]!
    }
  }
}
