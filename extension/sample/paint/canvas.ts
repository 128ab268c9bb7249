/** A picture in the making: linear light as floats, until it is developed into 8-bit sRGB. */
import sharp, { type Sharp } from 'sharp'
import { hash } from './noise.ts'

export interface Canvas {
  readonly width: number
  readonly height: number
  /** Three numbers a pixel, linear light; above 1 is brighter than white. */
  readonly rgb: Float32Array
}

/** Linear red, green, blue. */
export type Colour = readonly [number, number, number]

export const createCanvas = (width: number, height: number): Canvas => ({
  width,
  height,
  rgb: new Float32Array(width * height * 3),
})

const toLinear = (s: number) => (s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4)
const toSrgb = (l: number) => (l <= 0.0031308 ? l * 12.92 : 1.055 * l ** (1 / 2.4) - 0.055)

/** Linear light of each sRGB byte. */
export const linearBytes = Float32Array.from({ length: 256 }, (_, i) => toLinear(i / 255))

/** A colour written as `#rrggbb`, in linear light. */
export function colour(hex: string): Colour {
  const n = Number.parseInt(hex.slice(1), 16)
  return [linearBytes[n >> 16]!, linearBytes[(n >> 8) & 255]!, linearBytes[n & 255]!]
}

export const clamp = (x: number, low = 0, high = 1) => (x < low ? low : x > high ? high : x)
export const mix = (a: number, b: number, t: number) => a + (b - a) * t
export const mixColour = (a: Colour, b: Colour, t: number): Colour => [
  mix(a[0], b[0], t),
  mix(a[1], b[1], t),
  mix(a[2], b[2], t),
]
export function smoothstep(low: number, high: number, x: number): number {
  const t = clamp((x - low) / (high - low))
  return t * t * (3 - 2 * t)
}

/** A gradient through colours at rising places, mixed by how bright they look. */
export function gradient(stops: readonly (readonly [number, Colour])[]): (t: number) => Colour {
  return t => {
    let i = 0
    while (i < stops.length - 2 && t > stops[i + 1]![0]) i++
    const [from, a] = stops[i]!
    const [to, b] = stops[i + 1]!
    const part = clamp((t - from) / (to - from))
    const channel = (n: 0 | 1 | 2) => mix(Math.sqrt(a[n]), Math.sqrt(b[n]), part) ** 2
    return [channel(0), channel(1), channel(2)]
  }
}

/** Lays a colour over a pixel. */
export function blend(canvas: Canvas, pixel: number, c: Colour, alpha: number): void {
  const { rgb } = canvas
  const i = pixel * 3
  rgb[i] = rgb[i]! + (c[0] - rgb[i]!) * alpha
  rgb[i + 1] = rgb[i + 1]! + (c[1] - rgb[i + 1]!) * alpha
  rgb[i + 2] = rgb[i + 2]! + (c[2] - rgb[i + 2]!) * alpha
}

// Highlights roll off softly above this, as they do on film.
const shoulder = 0.72
const tones = 4096
// Indexed by the square root of light, so that shadows get as many steps as they need.
const toneTable = Float32Array.from({ length: tones + 1 }, (_, i) => 255 * toSrgb((i / tones) ** 2))

function tone(light: number): number {
  const rolled =
    light < shoulder ? Math.max(light, 0) : 1 - (1 - shoulder) * Math.exp((shoulder - light) / (1 - shoulder))
  return toneTable[(Math.sqrt(rolled) * tones) | 0]!
}

/** Develops a canvas: light falls off to the corners, tones roll off, a little grain. Ready for an encoder. */
export function develop(canvas: Canvas, { grain = 2, vignette = 0 } = {}): Sharp {
  const { width, height, rgb } = canvas
  const bytes = new Uint8ClampedArray(rgb.length)
  for (let y = 0, i = 0; y < height; y++) {
    const dy = (y / height - 0.5) * 2
    for (let x = 0; x < width; x++, i += 3) {
      const dx = (x / width - 0.5) * 2
      const fall = 1 - vignette * smoothstep(0.3, 2, dx * dx + dy * dy)
      const speck = (hash(x, y, 1) + hash(x, y, 2) - 1) * grain
      bytes[i] = tone(rgb[i]! * fall) + speck
      bytes[i + 1] = tone(rgb[i + 1]! * fall) + speck
      bytes[i + 2] = tone(rgb[i + 2]! * fall) + speck
    }
  }
  return sharp(bytes, { raw: { width, height, channels: 3 } })
}
