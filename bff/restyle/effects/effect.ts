import type { Bitmap, Tick } from '../imaging/bitmap.ts'

export interface EffectParams {
  seed: number
  /** -1 cool to 1 warm: tints paper and ink where the effect brings its own. */
  warmth: number
  /** -1 soft to 1 bold: size of strokes, dots and blocks, weight of lines. */
  bold: number
  /** True: no colour of its own either. */
  mono: boolean
  /** Colour of the ink where the effect has one ink: direction in Oklab, its length how strong. */
  tint: { a: number; b: number }
}

/** Makes a new picture of the same size; the input may be changed on the way. */
export type Effect = (image: Bitmap, params: EffectParams, tick: Tick) => Bitmap
