import { type Bitmap, band, clamp, type Tick } from '../bitmap.ts'
import type { Look } from '../look.ts'
import { palettes } from '../words.ts'

/** Brings a picture's own colours to what the words ask, in place: palette, warm or cool, light or dark, bold or soft. */
export function grade(image: Bitmap, { palette, warmth, light, bold }: Look, tick: Tick) {
  const { width, height, l, a, b } = image
  const world = palette ? palettes[palette] : { hue: 0, tint: 0, chroma: 1 }
  const hueA = Math.cos((world.hue / 180) * Math.PI)
  const hueB = Math.sin((world.hue / 180) * Math.PI)
  const chroma = world.chroma * (1 + 0.18 * bold)
  const exponent = 2 ** (-0.45 * light)
  for (let y = 0, i = 0; y < height; y++) {
    if (y % band === 0) tick(y / height)
    for (let x = 0; x < width; x++, i++) {
      const tone = clamp(l[i]!, 0, 1) ** exponent
      // Contrast around the middle, gentle at both ends.
      const lifted = tone + 0.35 * bold * (tone - 0.5) * tone * (1 - tone) * 4 * 0.5
      const own = Math.hypot(a[i]!, b[i]!)
      // Colour can only be strong in the middle of the scale.
      const room = 4 * lifted * (1 - lifted)
      const toward = Math.min(0.16, own * 0.8 + 0.06 * room) * world.tint
      l[i] = lifted
      a[i] = (a[i]! * (1 - world.tint) + hueA * toward) * chroma + warmth * 0.012 * room
      b[i] = (b[i]! * (1 - world.tint) + hueB * toward) * chroma + warmth * 0.038 * room
    }
  }
}
