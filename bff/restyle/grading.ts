import { type Bitmap, band, clamp, type Tick } from './imaging/bitmap.ts'
import type { Look } from './prompt/look.ts'
import type { PaletteName } from './prompt/vocabulary.ts'

interface Palette {
  /** Degrees in Oklab's a-b plane. */
  hue: number
  /** 0 to 1: how far every colour goes to that hue. */
  tint: number
  /** Factor on all colour. */
  chroma: number
  /** 0 to 1: how far lightness goes to white. */
  lift: number
}

const asIs: Palette = { hue: 0, tint: 0, chroma: 1, lift: 0 }

const palettes: Record<PaletteName, Palette> = {
  mono: { ...asIs, chroma: 0 },
  sepia: { ...asIs, hue: 75, tint: 1, chroma: 0.45 },
  pastel: { ...asIs, chroma: 0.75, lift: 0.35 },
  vivid: { ...asIs, chroma: 1.4 },
  rose: { ...asIs, hue: 5, tint: 0.6, chroma: 0.9 },
  red: { ...asIs, hue: 28, tint: 0.6, chroma: 1.15 },
  gold: { ...asIs, hue: 78, tint: 0.6, chroma: 1.1 },
  green: { ...asIs, hue: 145, tint: 0.55 },
  sea: { ...asIs, hue: 215, tint: 0.6 },
  blue: { ...asIs, hue: 262, tint: 0.6 },
  violet: { ...asIs, hue: 305, tint: 0.6 },
}

/** The palette's hue as a direction, as long as its tint is strong; nothing for palettes without a hue. */
export function tintOf(name: PaletteName | null): { a: number; b: number } {
  const { hue, tint, chroma } = name ? palettes[name] : asIs
  const angle = (hue / 180) * Math.PI
  return { a: Math.cos(angle) * tint * chroma, b: Math.sin(angle) * tint * chroma }
}

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
