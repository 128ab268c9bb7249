import {
  type Bitmap,
  band,
  clamp,
  createBitmap,
  type Plane,
  part,
  smoothstep,
  type Tick,
  unitOf,
} from '../imaging/bitmap.ts'
import { blur } from '../imaging/blur.ts'
import { mainColours, nearest } from '../imaging/clusters.ts'
import { kuwahara } from '../imaging/kuwahara.ts'
import { stretchLevels } from '../imaging/levels.ts'
import { createRandom } from '../imaging/noise.ts'
import type { Lab } from '../imaging/oklab.ts'
import { enlargePlane, shrink, workingFactor } from '../imaging/resample.ts'
import type { Effect } from './effect.ts'

/** Screen print: a handful of flat, strong colours with clean borders. */
export const poster: Effect = (image, { seed, warmth, bold, mono }, tick) => {
  const { width, height } = image
  const unit = unitOf(image)
  const random = createRandom(seed)
  const factor = workingFactor(image)
  const scale = unit / factor
  const once = kuwahara(shrink(image, factor), 4 * scale, part(tick, 0, 0.15))
  const shapes = kuwahara(once, (5 + bold) * scale, part(tick, 0.15, 0.3))
  stretchLevels(shapes.l, 0.01, 0.99, 1.6)
  const count = 8 - bold + Math.floor(random() * 2)
  const found = mainColours(shapes, count, seed)
  tick(0.35)
  const inks = printed(found, { turn: (random() - 0.5) * 0.3, warmth, mono })
  return layers(shapes, found, inks, factor, width, height, Math.max(0.9, 1.5 * scale), part(tick, 0.35, 1))
}

/** The colours found, as a printer would mix them: light from dark evenly apart, strong, turned a little by the seed. */
function printed(found: Lab[], { turn, warmth, mono }: { turn: number; warmth: number; mono: boolean }): Lab[] {
  const last = Math.max(1, found.length - 1)
  return found.map(([l, a, b], k) => {
    const even = 0.2 + (0.76 * k) / last
    const lightness = l * 0.45 + even * 0.55
    const chroma = Math.hypot(a, b)
    const room = 0.05 + 0.19 * (1 - (2 * lightness - 1.1) ** 2)
    const strong = mono ? 0 : clamp(chroma * 1.55 + 0.012, 0, Math.max(0.03, room))
    const hue = Math.atan2(b, a) + turn
    return [lightness, Math.cos(hue) * strong, Math.sin(hue) * strong + warmth * 0.015]
  })
}

/**
 * One colour per pixel. How much each colour belongs to a place is blurred first, which rounds every border; the
 * enlarged shares cross each other sharply, so that borders are clean at any size.
 */
function layers(
  shapes: Bitmap,
  found: Lab[],
  inks: Lab[],
  factor: number,
  width: number,
  height: number,
  rounding: number,
  tick: Tick,
): Bitmap {
  const labels = new Uint8Array(shapes.l.length)
  for (let i = 0; i < labels.length; i++) labels[i] = nearest(found, shapes.l[i]!, shapes.a[i]!, shapes.b[i]!)
  tick(0.1)
  const pixels = width * height
  const best: Plane = new Float32Array(pixels)
  const second: Plane = new Float32Array(pixels)
  const bestInk = new Uint8Array(pixels)
  const secondInk = new Uint8Array(pixels)
  const mask = new Float32Array(labels.length)
  for (let ink = 0; ink < inks.length; ink++) {
    for (let i = 0; i < labels.length; i++) mask[i] = labels[i] === ink ? 1 : 0
    const soft = blur(mask, shapes.width, shapes.height, rounding * 1.6)
    const share = enlargePlane(soft, factor, width, height)
    for (let i = 0; i < pixels; i++) {
      const value = share[i]!
      if (value > best[i]!) {
        second[i] = best[i]!
        secondInk[i] = bestInk[i]!
        best[i] = value
        bestInk[i] = ink
      } else if (value > second[i]!) {
        second[i] = value
        secondInk[i] = ink
      }
    }
    tick(0.1 + (0.7 * (ink + 1)) / inks.length)
  }
  const out = createBitmap(width, height)
  // The shares change by about this much from one pixel to the next at a border.
  const sharp = 0.4 / (rounding * 1.6 * factor)
  for (let y = 0, i = 0; y < height; y++) {
    if (y % band === 0) tick(0.8 + (0.2 * y) / height)
    for (let x = 0; x < width; x++, i++) {
      const [l1, a1, b1] = inks[bestInk[i]!]!
      const [l2, a2, b2] = inks[secondInk[i]!]!
      const mix = 0.5 * (1 - smoothstep(0, sharp * 1.6, best[i]! - second[i]!))
      out.l[i] = l1 + (l2 - l1) * mix
      out.a[i] = a1 + (a2 - a1) * mix
      out.b[i] = b1 + (b2 - b1) * mix
    }
  }
  return out
}
