import type { Bitmap, Plane } from '../imaging/bitmap.ts'
import { createRandom } from '../imaging/noise.ts'

export interface Stroke {
  /** Middle line: x0, y0, x1, y1 ... */
  path: Float32Array
  radius: number
  l: number
  a: number
  b: number
  /** Picks the hairs of the brush, so that two strokes never look the same. */
  hairs: number
}

export interface Canvas {
  paint: Bitmap
  /** Height of the paint, for light on its ridges. */
  relief: Plane
  /** Number of the stroke that touched a pixel last, so that the joints of one stroke do not paint twice. */
  touched: Int32Array
  strokes: number
  bristles: Plane
}

/** Size of the bristle table, hairs by marks along them; powers of two, so that it wraps with a mask. */
const across = 64
const alongBits = 8
const along = 1 << alongBits

/** Hairs from the middle of a brush to its rim. */
const hairsAcross = 7

export function createCanvas(paint: Bitmap, seed: number): Canvas {
  return {
    paint,
    relief: new Float32Array(paint.l.length),
    touched: new Int32Array(paint.l.length),
    strokes: 0,
    bristles: bristleTable(seed),
  }
}

/** Hairs leave lines: noise that changes quickly across and slowly along the stroke; wraps on both sides. */
function bristleTable(seed: number): Plane {
  const random = createRandom(seed ^ 0x5eed)
  const noise = Float32Array.from({ length: across * along }, () => random())
  const table = new Float32Array(across * along)
  const reach = 20
  for (let v = 0; v < across; v++) {
    let sum = 0
    for (let k = 0; k < reach; k++) sum += noise[v * along + k]!
    for (let s = 0; s < along; s++) {
      table[v * along + s] = 0.5 + (sum / reach - 0.5) * 3.2
      sum += noise[v * along + ((s + reach) % along)]! - noise[v * along + s]!
    }
  }
  return table
}

/** Lays one stroke of thick paint along its path. */
export function drawStroke(canvas: Canvas, stroke: Stroke) {
  const { path } = stroke
  canvas.strokes++
  let total = 0
  for (let k = 2; k < path.length; k += 2) total += segmentLength(path, k)
  let before = 0
  for (let k = 2; k < path.length; k += 2) {
    drawSegment(canvas, stroke, k, before, total)
    before += segmentLength(path, k)
  }
}

const segmentLength = (path: Float32Array, k: number) =>
  Math.max(1e-3, Math.hypot(path[k]! - path[k - 2]!, path[k + 1]! - path[k - 1]!))

/** The piece of the stroke that ends at path[k], row by row; `before` pixels of the stroke's `total` lie behind it. */
function drawSegment(canvas: Canvas, stroke: Stroke, k: number, before: number, total: number) {
  const { path, radius, hairs } = stroke
  const { touched, relief, bristles, strokes } = canvas
  const { width, height, l, a, b } = canvas.paint
  const length = segmentLength(path, k)
  const x0 = path[k - 2]!
  const y0 = path[k - 1]!
  const dx = (path[k]! - x0) / length
  const dy = (path[k + 1]! - y0) / length
  const perRadius = 1 / radius
  const perTotal = 1 / total
  const firstHair = hairs & (across - 1)
  const firstMark = hairs >> 10
  const top = Math.max(0, Math.floor(Math.min(y0, path[k + 1]!) - radius))
  const bottom = Math.min(height - 1, Math.ceil(Math.max(y0, path[k + 1]!) + radius))
  for (let y = top; y <= bottom; y++) {
    const py = y - y0
    // The row's part within a radius of the line and of its two ends.
    let left = Math.max(0, Math.min(x0, path[k]!) - radius)
    let right = Math.min(width - 1, Math.max(x0, path[k]!) + radius)
    if (Math.abs(dy) > 1e-3) {
      const middle = x0 + (py * dx) / dy
      left = Math.max(left, middle - radius / Math.abs(dy))
      right = Math.min(right, middle + radius / Math.abs(dy))
    }
    const from = Math.ceil(left)
    const to = Math.floor(right)
    for (let x = from, i = y * width + from; x <= to; x++, i++) {
      if (touched[i] === strokes) continue
      const px = x - x0
      const forward = px * dx + py * dy
      const beyond = (forward < 0 ? forward : forward > length ? forward - length : 0) * perRadius
      const side = (px * dy - py * dx) * perRadius
      const off = side * side + beyond * beyond
      if (off >= 1) continue
      const place = before + forward
      const column = ((Math.abs(place) * perRadius * 12 + firstMark) | 0) & (along - 1)
      const at = (side + 1) * hairsAcross + firstHair
      const row = at | 0
      const one = bristles[((row & (across - 1)) << alongBits) | column]!
      const two = bristles[(((row + 1) & (across - 1)) << alongBits) | column]!
      const hair = one + (two - one) * (at - row)
      // Full in the middle; hairs come apart towards the rim and the end of the stroke, where the paint runs out.
      const end = place < 0 ? -place : place > total ? place - total : 0
      const late = place * perTotal - 0.7
      let cover = 4 * (hair + 0.62 - 0.55 * off - 0.7 * perRadius * end - (late > 0 ? 0.9 * late : 0))
      if (cover <= 0) continue
      if (cover > 1) cover = 1
      const rim = (1 - off) * radius * 0.5
      if (rim < 1) cover *= rim
      touched[i] = strokes
      l[i]! += (stroke.l + (hair - 0.5) * 0.045 - l[i]!) * cover
      a[i]! += (stroke.a - a[i]!) * cover
      b[i]! += (stroke.b - b[i]!) * cover
      // Paint is pushed to the rims of the brush.
      relief[i]! += (hair * 0.7 + off * 0.35 - relief[i]!) * cover
    }
  }
}
