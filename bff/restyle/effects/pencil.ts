import { band, clamp, createBitmap, part, smoothstep, unitOf } from '../imaging/bitmap.ts'
import { blur } from '../imaging/blur.ts'
import { edgeFlow, type Flow, streaks } from '../imaging/flow.ts'
import { stretchLevels } from '../imaging/levels.ts'
import { edgeLines } from '../imaging/lines.ts'
import { createRandom } from '../imaging/noise.ts'
import { paperTooth } from '../imaging/paper.ts'
import { enlargePlane, shrinkPlane, workingFactor } from '../imaging/resample.ts'
import type { Effect } from './effect.ts'

/** Graphite on drawing paper: hatching along the forms, crossed in the shadows, and outlines drawn over it. */
export const pencil: Effect = (image, { seed, warmth, bold, tint }, tick) => {
  const { width, height } = image
  const unit = unitOf(image)
  const factor = workingFactor(image)
  const scale = unit / factor
  const columns = Math.ceil(width / factor)
  const rows = Math.ceil(height / factor)
  const up = (plane: Float32Array) => enlargePlane(plane, factor, width, height)

  const small = shrinkPlane(image.l, width, height, factor).slice()
  stretchLevels(small, 0.01, 0.98, 1.7)
  const flow = edgeFlow(small, columns, rows, 5)
  tick(0.1)
  const pen = { width: 1.1 * scale * (1 + 0.3 * bold), eagerness: 0.968, sharpness: 34, reach: 8 * scale }
  const outlines = up(edgeLines(small, columns, rows, flow, pen, part(tick, 0.1, 0.3)))
  const mark = { reach: 26 * scale, grain: 1.4 }
  const angle = (-52 + (createRandom(seed)() - 0.5) * 30) * (Math.PI / 180)
  const along = up(streaks(columns, rows, flow, { ...mark, seed }, part(tick, 0.3, 0.45)))
  const hatch = up(streaks(columns, rows, straight(angle), { ...mark, seed: seed + 1 }, part(tick, 0.45, 0.6)))
  const cross = up(streaks(columns, rows, straight(angle + 1.2), { ...mark, seed: seed + 2 }, part(tick, 0.6, 0.75)))
  const tone = up(blur(small, columns, rows, 1.4 * scale))
  const tooth = paperTooth(width, height, unit * 0.6, seed + 3)
  tick(0.85)
  const out = createBitmap(width, height)
  for (let y = 0, i = 0; y < height; y++) {
    if (y % band === 0) tick(0.85 + (0.15 * y) / height)
    for (let x = 0; x < width; x++, i++) {
      const dark = clamp(1 - tone[i]!, 0, 1)
      const rough = tooth[i]! * 0.2
      // Each layer starts at a darkness of its own and lets less paper through the darker it gets.
      const first = smoothstep(0.35, -0.55, along[i]! + 0.85 - dark * 2.1 + rough) * smoothstep(0.1, 0.3, dark)
      const second = smoothstep(0.3, -0.5, hatch[i]! + 1.15 - dark * 2.0 + rough) * smoothstep(0.25, 0.5, dark)
      const third = smoothstep(0.3, -0.5, cross[i]! + 1.5 - dark * 2.1 + rough) * smoothstep(0.45, 0.7, dark)
      const outline = outlines[i]! * clamp(0.95 - rough + along[i]! * 0.12, 0, 1)
      const graphite = first * 0.42 + second * 0.5 + third * 0.75 + outline * 1.5 + dark * dark * 0.35
      const light = Math.exp(-graphite * (1.25 + 0.35 * bold))
      out.l[i] = 0.97 * Math.cbrt(0.02 + 0.98 * light) + 0.004 * tooth[i]!
      out.a[i] = (1 - light) * tint.a * 0.1
      out.b[i] = light * (0.008 + 0.014 * warmth) + (1 - light) * (tint.b * 0.1 - 0.006)
    }
  }
  return out
}

/** A field with one direction everywhere: a single cell that holds the whole picture. */
const straight = (angle: number): Flow => ({
  factor: 1e6,
  columns: 1,
  x: Float32Array.of(Math.cos(angle)),
  y: Float32Array.of(Math.sin(angle)),
  strength: Float32Array.of(1),
})
