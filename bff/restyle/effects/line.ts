import { band, createBitmap, part, unitOf } from '../imaging/bitmap.ts'
import { edgeFlow } from '../imaging/flow.ts'
import { kuwahara } from '../imaging/kuwahara.ts'
import { stretchLevels } from '../imaging/levels.ts'
import { edgeLines } from '../imaging/lines.ts'
import { clouds } from '../imaging/noise.ts'
import { enlargePlane, shrink, workingFactor } from '../imaging/resample.ts'
import type { Effect } from './effect.ts'

/** Pen drawing: clean lines whose weight follows the edge, on plain paper. */
export const line: Effect = (image, { seed, warmth, bold, tint }, tick) => {
  const { width, height } = image
  const unit = unitOf(image)
  const factor = workingFactor(image)
  const weight = 1 + 0.45 * bold
  const shapes = kuwahara(shrink(image, factor), (2.6 * unit) / factor, part(tick, 0, 0.15))
  stretchLevels(shapes.l, 0.02, 0.98, 1.7)
  const tone = enlargePlane(shapes.l, factor, width, height)
  const flow = edgeFlow(tone, width, height, 3)
  tick(0.25)
  const nib = { width: 1.15 * unit * weight, eagerness: 0.975, sharpness: 90, reach: 8 * unit }
  const thin = edgeLines(tone, width, height, flow, nib, part(tick, 0.25, 0.5))
  const brush = { width: 2.4 * unit * weight, eagerness: 0.955, sharpness: 70, reach: 14 * unit }
  const thick = edgeLines(tone, width, height, flow, brush, part(tick, 0.5, 0.75))
  // The hand presses harder here and lighter there.
  const pressure = clouds(width, height, 90 * unit, 2, seed)
  tick(0.85)
  // A coloured ink must be lighter than black to show its colour.
  const inkTone = 0.16 + 0.26 * Math.min(1, Math.hypot(tint.a, tint.b))
  const out = createBitmap(width, height)
  for (let y = 0, i = 0; y < height; y++) {
    if (y % band === 0) tick(0.85 + (0.15 * y) / height)
    for (let x = 0; x < width; x++, i++) {
      const mark = Math.max(thin[i]!, thick[i]!)
      const pressed = Math.min(1, mark * (1.15 + 0.3 * pressure[i]!))
      out.l[i] = 0.975 + (inkTone - 0.975) * pressed
      out.a[i] = pressed * tint.a * 0.15
      out.b[i] = (1 - pressed) * (0.006 + 0.014 * warmth) + pressed * (tint.b * 0.15 - 0.012)
    }
  }
  return out
}
