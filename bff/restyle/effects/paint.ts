import { type Bitmap, clamp, part, unitOf } from '../imaging/bitmap.ts'
import { blurBitmap } from '../imaging/blur.ts'
import { edgeFlow } from '../imaging/flow.ts'
import { kuwahara } from '../imaging/kuwahara.ts'
import { clouds, createRandom } from '../imaging/noise.ts'
import { enlarge, shrink, workingFactor } from '../imaging/resample.ts'
import type { Effect } from './effect.ts'
import { planStrokes } from './paint-plan.ts'
import { createCanvas, drawStroke } from './paint-stroke.ts'

/** Oil on canvas: brush strokes along the forms, broad ones first, finer ones where the picture has detail. */
export const paint: Effect = (image, { seed, bold }, tick) => {
  const { width, height } = image
  const unit = unitOf(image)
  const random = createRandom(seed)
  // Seeds differ in hand: calm or lively, broad or fine.
  const hand = 0.85 + random() * 0.35
  const size = unit * hand * (1 + 0.35 * bold)
  const factor = workingFactor(image)
  const shapes = kuwahara(shrink(image, factor), (3.2 * size) / factor, part(tick, 0, 0.15))
  const softened = (sigma: number) => enlarge(blurBitmap(shapes, sigma / factor), factor, width, height)
  const flow = { ...edgeFlow(shapes.l, shapes.width, shapes.height, 4), factor }
  tick(0.2)
  const wander = clouds(shapes.width, shapes.height, 220, 2, seed)
  const canvas = createCanvas(softened(10 * size), seed)
  const brushes = [
    { radius: 26, tolerance: 0, spacing: 2.1, length: 8 },
    { radius: 13, tolerance: 0.035, spacing: 1.8, length: 7 },
    { radius: 6.5, tolerance: 0.045, spacing: 1.3, length: 6 },
    { radius: 3.2, tolerance: 0.055, spacing: 1.2, length: 6 },
  ]
  for (const [index, { radius, tolerance, spacing, length }] of brushes.entries()) {
    const step = part(tick, 0.2 + index * 0.18, 0.2 + (index + 1) * 0.18)
    const reference = softened(radius * size * 0.3)
    step(0.1)
    const brush = { radius: Math.max(1.2, radius * size), tolerance, spacing, length }
    const strokes = planStrokes(canvas.paint, reference, flow, wander, brush, random)
    step(0.3)
    for (const [k, stroke] of strokes.entries()) {
      if (k % 64 === 0) step(0.3 + (0.7 * k) / strokes.length)
      drawStroke(canvas, stroke)
    }
  }
  // The same ridge falls over more pixels in a larger picture.
  light(canvas.paint, canvas.relief, 0.25 * unit ** 0.7)
  tick(1)
  return canvas.paint
}

/** Light from the upper left over the ridges of the paint. */
function light({ width, height, l }: Bitmap, relief: Float32Array, gain: number) {
  for (let y = 1; y < height - 1; y++)
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x
      const slope = relief[i + 1]! + relief[i + width]! - relief[i - 1]! - relief[i - width]!
      l[i]! += clamp(slope * gain, -0.16, 0.12) * (0.35 + 0.65 * l[i]!)
    }
}
