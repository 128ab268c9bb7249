import type { Bitmap, Plane } from '../imaging/bitmap.ts'
import type { Flow } from '../imaging/flow.ts'
import type { Stroke } from './paint-stroke.ts'

export interface Brush {
  radius: number
  /** How far the canvas may be from the picture before this brush corrects it (Oklab distance); 0 paints everywhere. */
  tolerance: number
  /** Distance between the cells of the grid, in radii. */
  spacing: number
  /** Longest stroke, in steps of one radius. */
  length: number
}

/**
 * Where one brush paints (after Hertzmann 1998): per cell of a grid the point where the canvas is furthest from the
 * picture, if it is far enough; from there along the flow for as long as the picture keeps that colour.
 */
export function planStrokes(
  canvas: Bitmap,
  picture: Bitmap,
  flow: Flow,
  wander: Plane,
  brush: Brush,
  random: () => number,
): Stroke[] {
  const { width, height } = picture
  const cell = Math.max(2, Math.round(brush.radius * brush.spacing))
  const strokes: Stroke[] = []
  for (let top = 0; top < height; top += cell)
    for (let left = 0; left < width; left += cell) {
      const start = worstPoint(canvas, picture, left, top, cell, brush.tolerance, random)
      if (start >= 0) strokes.push(strokeFrom(start, canvas, picture, flow, wander, brush, random))
    }
  return shuffle(strokes, random)
}

/** Index of the pixel to start at, or -1 when the cell is good as it is. */
function worstPoint(
  canvas: Bitmap,
  picture: Bitmap,
  left: number,
  top: number,
  cell: number,
  tolerance: number,
  random: () => number,
): number {
  const { width, height } = picture
  const right = Math.min(width, left + cell)
  const bottom = Math.min(height, top + cell)
  if (tolerance === 0) {
    const x = left + Math.floor(random() * (right - left))
    return (top + Math.floor(random() * (bottom - top))) * width + x
  }
  let sum = 0
  let worst = -1
  let at = -1
  for (let y = top; y < bottom; y++)
    for (let x = left; x < right; x++) {
      const i = y * width + x
      const error = distance(canvas, picture, i)
      sum += error
      if (error > worst) {
        worst = error
        at = i
      }
    }
  return sum / ((right - left) * (bottom - top)) > tolerance ? at : -1
}

function strokeFrom(
  start: number,
  canvas: Bitmap,
  picture: Bitmap,
  flow: Flow,
  wander: Plane,
  { radius, length }: Brush,
  random: () => number,
): Stroke {
  const { width, height } = picture
  const l = picture.l[start]!
  const a = picture.a[start]!
  const b = picture.b[start]!
  let x = start % width
  let y = Math.floor(start / width)
  let dx = 0
  let dy = 0
  const points = [x, y]
  // Half of all strokes go the other way round.
  const sign = random() < 0.5 ? -1 : 1
  for (let step = 0; step < length; step++) {
    const cell = Math.floor(y / flow.factor) * flow.columns + Math.floor(x / flow.factor)
    // Where the picture has no direction, the hand wanders.
    const sure = Math.min(1, flow.strength[cell]! * 1.4)
    const drift = wander[cell]! * 2.2
    let fx = sign * (flow.x[cell]! * sure + Math.cos(drift) * (1 - sure))
    let fy = sign * (flow.y[cell]! * sure + Math.sin(drift) * (1 - sure))
    if (dx * fx + dy * fy < 0) {
      fx = -fx
      fy = -fy
    }
    fx = fx * 0.75 + dx * 0.25
    fy = fy * 0.75 + dy * 0.25
    const norm = Math.hypot(fx, fy) || 1
    dx = fx / norm
    dy = fy / norm
    x += dx * radius
    y += dy * radius
    if (x < 0 || y < 0 || x >= width || y >= height) break
    const i = Math.floor(y) * width + Math.floor(x)
    const off = Math.abs(picture.l[i]! - l) + Math.abs(picture.a[i]! - a) + Math.abs(picture.b[i]! - b)
    if (step > 0 && (off > 0.14 || off > distance(canvas, picture, i) + 0.05)) break
    points.push(x, y)
  }
  if (points.length === 2) points.push(x, y)
  const jitter = () => (random() - 0.5) * 2
  return {
    path: Float32Array.from(points),
    radius: radius * (0.8 + random() * 0.35),
    l: l + jitter() * 0.022,
    a: a * (1.06 + jitter() * 0.1) + jitter() * 0.006,
    b: b * (1.06 + jitter() * 0.1) + jitter() * 0.006,
    hairs: Math.floor(random() * 0x3fffff),
  }
}

const distance = (one: Bitmap, two: Bitmap, i: number) =>
  Math.abs(one.l[i]! - two.l[i]!) + Math.abs(one.a[i]! - two.a[i]!) + Math.abs(one.b[i]! - two.b[i]!)

function shuffle<T>(list: T[], random: () => number): T[] {
  for (let i = list.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    ;[list[i], list[j]] = [list[j]!, list[i]!]
  }
  return list
}
