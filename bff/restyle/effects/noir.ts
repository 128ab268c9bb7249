import { band, clamp, createBitmap, type Plane, part, smoothstep, unitOf } from '../imaging/bitmap.ts'
import { blur } from '../imaging/blur.ts'
import { stretchLevels } from '../imaging/levels.ts'
import { createRandom, whiteNoise } from '../imaging/noise.ts'
import type { Effect } from './effect.ts'

/** Black-and-white film at night: deep blacks, one pool of light, glowing highlights, grain. */
export const noir: Effect = (image, { seed, warmth, bold, tint }, tick) => {
  const { width, height } = image
  const unit = unitOf(image)
  const tone = filmTone(image.l, image.a, image.b)
  stretchLevels(tone, 0.01, 0.99)
  tick(0.1)
  const local = blur(tone, width, height, 28 * unit)
  tick(0.25)
  const random = createRandom(seed)
  const lamp = { x: 0.5 + (random() - 0.5) * 0.3, y: 0.42 + (random() - 0.5) * 0.2, reach: 0.62 + random() * 0.12 }
  const contrast = 5.4 + bold * 1.5
  const lit = new Float32Array(tone.length)
  for (let y = 0, i = 0; y < height; y++) {
    if (y % band === 0) part(tick, 0.25, 0.5)(y / height)
    const dy = (y / height - lamp.y) / lamp.reach
    for (let x = 0; x < width; x++, i++) {
      const dx = (x / width - lamp.x) / lamp.reach
      const falloff = 1 - 0.62 * smoothstep(0.25, 1.25, Math.sqrt(dx * dx + dy * dy))
      const clear = tone[i]! + 0.55 * (tone[i]! - local[i]!)
      // A logistic curve, stretched so that 0 and 1 stay where they are.
      const curve = 1 / (1 + Math.exp(-contrast * (clear * falloff - 0.5)))
      lit[i] = clamp((curve - 0.06) / 0.88, 0, 1)
    }
  }
  const glow = blur(highlights(lit), width, height, 20 * unit)
  tick(0.65)
  const grain = blur(whiteNoise(width, height, seed), width, height, 0.55 * Math.max(1, unit))
  tick(0.8)
  const out = createBitmap(width, height)
  for (let y = 0, i = 0; y < height; y++) {
    if (y % band === 0) part(tick, 0.8, 1)(y / height)
    for (let x = 0; x < width; x++, i++) {
      const tonal = 1 - (1 - lit[i]!) * (1 - 0.7 * glow[i]!)
      const l = 0.05 + 0.93 * tonal
      const room = 4 * l * (1 - l)
      out.l[i] = l + grain[i]! * (0.03 + 0.09 * l * (1 - l) * 4 * 0.6)
      out.a[i] = warmth * 0.006 + room * tint.a * 0.05
      out.b[i] = warmth * 0.02 + room * tint.b * 0.05
    }
  }
  return out
}

/** Lightness as film behind an orange filter sees it: skin and lamps bright, sky and leaves dark. */
function filmTone(l: Plane, a: Plane, b: Plane): Plane {
  const tone = new Float32Array(l.length)
  for (let i = 0; i < l.length; i++) tone[i] = l[i]! + 0.2 * a[i]! + 0.2 * b[i]!
  return tone
}

function highlights(lit: Plane): Plane {
  const bright = new Float32Array(lit.length)
  for (let i = 0; i < lit.length; i++) bright[i] = Math.max(0, lit[i]! - 0.7)
  return bright
}
