import { band, clamp, createBitmap, type Plane, part, smoothstep, unitOf } from '../imaging/bitmap.ts'
import { blur } from '../imaging/blur.ts'
import { edgeFlow, streaks } from '../imaging/flow.ts'
import { kuwahara } from '../imaging/kuwahara.ts'
import { stretchLevels } from '../imaging/levels.ts'
import { edgeLines } from '../imaging/lines.ts'
import { clouds, createRandom } from '../imaging/noise.ts'
import { paperShade, paperTooth, washiFibres } from '../imaging/paper.ts'
import { enlargePlane, shrink, workingFactor } from '../imaging/resample.ts'
import type { Effect } from './effect.ts'

/** Sumi-e: three strengths of wash with pooled edges, brush lines that run dry, empty paper towards the rim. */
export const ink: Effect = (image, { seed, warmth, bold, tint }, tick) => {
  const { width, height } = image
  const unit = unitOf(image)
  const random = createRandom(seed)
  const factor = workingFactor(image)
  const weight = 1 + 0.45 * bold
  const small = shrink(image, factor)
  const shapes = kuwahara(small, (3.6 * unit) / factor, part(tick, 0, 0.1))
  stretchLevels(shapes.l, 0.02, 0.97, 1.6)
  const tone = enlargePlane(shapes.l, factor, width, height)
  const flow = edgeFlow(tone, width, height, 4)
  tick(0.18)
  const thin = { width: 1.2 * unit * weight, eagerness: 0.967, sharpness: 46, reach: 7 * unit }
  const fine = edgeLines(tone, width, height, flow, thin, part(tick, 0.18, 0.32))
  // Broad marks have no detail that the working size would lose.
  const { width: columns, height: rows } = shapes
  const near = { ...flow, factor: 1 }
  const scale = unit / factor
  const brush = { width: 3.4 * scale * weight, eagerness: 0.955, sharpness: 40, reach: 18 * scale }
  const broad = enlargePlane(
    edgeLines(shapes.l, columns, rows, near, brush, part(tick, 0.32, 0.46)),
    factor,
    width,
    height,
  )
  const hairs = { reach: 24 * scale, grain: 1.3, seed }
  const dry = enlargePlane(streaks(columns, rows, near, hairs, part(tick, 0.46, 0.6)), factor, width, height)
  const wash = washes(tone, width, height, unit, seed)
  tick(0.75)
  const tooth = paperTooth(width, height, unit, seed + 5)
  const shade = paperShade(tooth, width, height, unit)
  const fibres = washiFibres(width, height, unit, seed + 6)
  const bloom = clouds(width, height, 150 * unit, 3, seed + 7)
  tick(0.88)
  const middle = { x: 0.5 + (random() - 0.5) * 0.12, y: 0.5 + (random() - 0.5) * 0.1 }
  const out = createBitmap(width, height)
  for (let y = 0, i = 0; y < height; y++) {
    if (y % band === 0) tick(0.88 + (0.12 * y) / height)
    const dy = (y / height - middle.y) * 2
    for (let x = 0; x < width; x++, i++) {
      const dx = (x / width - middle.x) * 2
      const reach = Math.max(Math.abs(dx), Math.abs(dy)) * 0.6 + Math.hypot(dx, dy) * 0.4
      const painted = 1 - smoothstep(0.72, 1.12, reach + bloom[i]! * 0.16)
      // A full brush covers; a tired one lets the paper through between its hairs.
      const load = broad[i]! * (0.75 + 0.35 * bloom[i]!)
      const line = Math.max(
        fine[i]! * 0.8,
        load * smoothstep(-0.55, 0.35, load * 1.5 - 0.75 + dry[i]! * 0.5 + tooth[i]! * 0.12),
      )
      const grain = 1 + 0.16 * tooth[i]! + 0.1 * dry[i]!
      const strong = smoothstep(0.5, 1.4, wash[i]!)
      const present = painted + (1 - painted) * strong
      const density = wash[i]! * (1 + 0.3 * bold) * grain * present + line * (0.4 + 0.6 * present) * 3.6
      const light = Math.exp(-density)
      const paper = 0.955 + 0.006 * shade[i]! + 0.012 * fibres[i]! + 0.004 * bloom[i]!
      // Lightness in Oklab is about the cube root of the light that comes back.
      const l = paper * Math.cbrt(0.006 + 0.994 * light)
      out.l[i] = l
      const bare = clamp((l - 0.25) / 0.7, 0, 1)
      out.a[i] = 0.002 + warmth * 0.004 + (1 - bare) * tint.a * 0.09
      out.b[i] = bare * bare * (0.021 + warmth * 0.016) + (1 - bare) * (tint.b * 0.09 - 0.008)
    }
  }
  return out
}

/** Density of the washes: tone falls into three steps with wandering borders, a little darker along each border. */
function washes(tone: Plane, width: number, height: number, unit: number, seed: number): Plane {
  const wander = clouds(width, height, 26 * unit, 3, seed + 1)
  const soft = blur(tone, width, height, 3.5 * unit)
  const steps = new Float32Array(tone.length)
  for (let i = 0; i < steps.length; i++) {
    const dark = 1 - soft[i]! + wander[i]! * 0.028
    steps[i] =
      0.17 * smoothstep(0.26, 0.36, dark) +
      0.4 * smoothstep(0.46, 0.54, dark) +
      1.0 * smoothstep(0.64, 0.71, dark) +
      1.7 * smoothstep(0.79, 0.88, dark)
  }
  const around = blur(steps, width, height, 5 * unit)
  const bleed = blur(steps, width, height, 16 * unit)
  for (let i = 0; i < steps.length; i++) {
    const pooled = Math.max(0, steps[i]! - around[i]!)
    steps[i] = steps[i]! * 0.8 + bleed[i]! * 0.2 + pooled * 0.7
  }
  return steps
}
