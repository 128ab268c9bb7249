import { type Bitmap, band, clamp, type Tick } from '../bitmap.ts'
import type { Look } from '../look.ts'
import { palettes, tintOf } from './palettes.ts'

/** Brings a picture's own colours to what the words ask, in place: palette, warm or cool, light or dark, bold or soft. */
export function grade(image: Bitmap, { palette, warmth, light, bold }: Look, tick: Tick) {
  if (!palette && !warmth && !light && !bold) return
  const { width, height, l, a, b } = image
  const { tint, chroma, lift } = palette ? palettes[palette] : { tint: 0, chroma: 1, lift: 0 }
  const toward = tintOf(palette)
  const keep = (1 - tint) * chroma * (1 + 0.18 * bold)
  const exponent = 2 ** (-0.45 * light)
  for (let y = 0, i = 0; y < height; y++) {
    if (y % band === 0) tick(y / height)
    for (let x = 0; x < width; x++, i++) {
      const tone = clamp(l[i]!, 0, 1) ** exponent
      // Contrast around the middle, gentle at both ends.
      const contrasted = tone + 0.7 * bold * (tone - 0.5) * tone * (1 - tone)
      const lifted = contrasted + (1 - contrasted) * lift
      // Colour can only be strong in the middle of the scale.
      const room = 4 * lifted * (1 - lifted)
      const strength = Math.min(0.16, Math.hypot(a[i]!, b[i]!) * 0.8 + 0.06 * room)
      l[i] = lifted
      a[i] = a[i]! * keep + toward.a * strength + warmth * 0.012 * room
      b[i] = b[i]! * keep + toward.b * strength + warmth * 0.038 * room
    }
  }
}
