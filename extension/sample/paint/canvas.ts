import { type Colour, clamp } from './math.ts'
import { hash } from './noise.ts'

/** Raw pixels, as sharp takes them. */
export interface Painting {
  data: Uint8Array
  info: { width: number; height: number; channels: 3 | 4 }
}

interface Options {
  width: number
  height: number
  /** Unevenness of film, 0 to 1. */
  grain?: number
}

/** Paints every pixel. `x` runs from 0 to width / height, `y` from 0 at the top to 1. */
export function paint({ width, height, grain = 0 }: Options, colourAt: (x: number, y: number) => Colour): Painting {
  const data = new Uint8Array(width * height * 3)
  let at = 0
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const colour = colourAt((column + 0.5) / height, (row + 0.5) / height)
      const uneven = (hash(column, row) - 0.5) * grain
      for (const part of colour) data[at++] = Math.round(clamp(part + uneven) * 255)
    }
  }
  return { data, info: { width, height, channels: 3 } }
}

/** The same with a transparency per pixel, 0 (nothing) to 1. */
export function paintCutOut(
  { width, height }: Options,
  colourAt: (x: number, y: number) => { colour: Colour; cover: number },
): Painting {
  const data = new Uint8Array(width * height * 4)
  let at = 0
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const { colour, cover } = colourAt((column + 0.5) / height, (row + 0.5) / height)
      for (const part of [...colour, cover]) data[at++] = Math.round(clamp(part) * 255)
    }
  }
  return { data, info: { width, height, channels: 4 } }
}
