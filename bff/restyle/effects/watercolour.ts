import { band, clamp, createBitmap, type Plane, part, smoothstep, unitOf } from '../imaging/bitmap.ts'
import { blur } from '../imaging/blur.ts'
import { edgeFlow } from '../imaging/flow.ts'
import { kuwahara } from '../imaging/kuwahara.ts'
import { stretchLevels } from '../imaging/levels.ts'
import { edgeLines } from '../imaging/lines.ts'
import { clouds, createRandom } from '../imaging/noise.ts'
import { paperShade, paperTooth } from '../imaging/paper.ts'
import { enlarge, enlargePlane, shrink, workingFactor } from '../imaging/resample.ts'
import type { Effect } from './effect.ts'

/**
 * Watercolour over a light pencil drawing. Pigment thickens along the borders of a wash, settles in the tooth of the
 * paper and flows unevenly (after Bousseau 2006); the sheet keeps a white rim that the washes reach raggedly.
 */
export const watercolour: Effect = (image, { seed, warmth, bold }, tick) => {
  const { width, height } = image
  const unit = unitOf(image)
  const random = createRandom(seed)
  const factor = workingFactor(image)
  const shapes = kuwahara(shrink(image, factor), ((4 + bold) * unit) / factor, part(tick, 0, 0.12))
  stretchLevels(shapes.l, 0.01, 0.99, 1.5)
  const flow = edgeFlow(enlargePlane(shapes.l, factor, width, height), width, height, 4)
  const scale = unit / factor
  const pen = { width: (0.9 + 0.25 * bold) * scale, eagerness: 0.97, sharpness: 30, reach: 6 * scale }
  const drawn = edgeLines(shapes.l, shapes.width, shapes.height, { ...flow, factor: 1 }, pen, part(tick, 0.15, 0.3))
  const pencil = enlargePlane(drawn, factor, width, height)
  const wandering = enlarge(displaced(shapes, 3.2 * scale, 18 * scale, seed), factor, width, height)
  tick(0.45)
  const washes = terraces(wandering.l, 7 - 2 * bold)
  const around = blur(washes, width, height, 2.6 * unit)
  tick(0.58)
  const flowing = clouds(width, height, 190 * unit, 4, seed + 2)
  const tooth = paperTooth(width, height, unit, seed + 3)
  const shade = paperShade(tooth, width, height, unit)
  const rim = clouds(width, height, 120 * unit, 4, seed + 4, 0.42)
  tick(0.8)
  const margin = (0.03 + random() * 0.02) * Math.min(width, height)
  const out = createBitmap(width, height)
  for (let y = 0, i = 0; y < height; y++) {
    if (y % band === 0) tick(0.8 + (0.2 * y) / height)
    for (let x = 0; x < width; x++, i++) {
      const inset = Math.min(x, y, width - 1 - x, height - 1 - y) - margin - rim[i]! * margin * 0.55
      const covered = smoothstep(-1.2 * unit, 1.8 * unit, inset)
      const pooled = clamp((around[i]! - washes[i]!) * 6, 0, 1)
      const border = covered * smoothstep(9 * unit, 1 * unit, inset)
      const thickness =
        covered *
        (1 + 0.22 * bold + 0.22 * flowing[i]! + 0.55 * pooled + 0.4 * border + 0.11 * tooth[i]! * (1.2 - washes[i]!))
      // Water lets the paper shine through: no deep blacks. Light that passes twice the pigment is the power of it.
      const wet = 0.3 + 0.7 * washes[i]! ** 0.85
      const l = clamp(wet, 0.05, 1) ** thickness
      const chroma = 1.3 * thickness * (l / wet)
      const graphite = 1 - 0.42 * pencil[i]! * (0.4 + 0.6 * covered)
      const bare = clamp(l, 0, 1)
      out.l[i] = (0.975 * l + 0.012 * shade[i]!) * graphite
      out.a[i] = wandering.a[i]! * chroma
      out.b[i] = wandering.b[i]! * chroma + bare * bare * (0.008 + 0.01 * warmth)
    }
  }
  return out
}

/** A picture whose every point is fetched from a little beside it: borders wander as a wet brush does. */
function displaced<T extends { width: number; height: number; l: Plane; a: Plane; b: Plane }>(
  { width, height, l, a, b }: T,
  distance: number,
  size: number,
  seed: number,
) {
  const shiftX = clouds(width, height, size, 3, seed + 11)
  const shiftY = clouds(width, height, size, 3, seed + 12)
  const out = createBitmap(width, height)
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++) {
      const u = clamp(x + shiftX[i]! * distance, 0, width - 1.001)
      const v = clamp(y + shiftY[i]! * distance, 0, height - 1.001)
      const column = u | 0
      const row = v | 0
      const s = u - column
      const t = v - row
      const j = row * width + column
      const right = column + 1 < width ? 1 : 0
      const below = row + 1 < height ? width : 0
      const pick = (plane: Plane) =>
        (plane[j]! * (1 - s) + plane[j + right]! * s) * (1 - t) +
        (plane[j + below]! * (1 - s) + plane[j + below + right]! * s) * t
      out.l[i] = pick(l)
      out.a[i] = pick(a)
      out.b[i] = pick(b)
    }
  return out
}

/** Lightness in soft steps: one wash laid over the other, with the slope between them kept. */
function terraces(l: Plane, steps: number): Plane {
  const out = new Float32Array(l.length)
  for (let i = 0; i < l.length; i++) {
    const at = clamp(l[i]!, 0, 1) * steps
    const step = Math.floor(at)
    out[i] = (step + 0.25 * (at - step) + 0.75 * smoothstep(0.36, 0.64, at - step)) / steps
  }
  return out
}
