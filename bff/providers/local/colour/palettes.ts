import type { PaletteName } from '../words.ts'

export interface Palette {
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

export const palettes: Record<PaletteName, Palette> = {
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
