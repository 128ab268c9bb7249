import { type Bitmap, band, createBitmap, type Tick } from './bitmap.ts'

/** Oklab by Björn Ottosson: a space in which equal distances look about equally large. */

const toLinear = Float32Array.from({ length: 256 }, (_, value) => {
  const v = value / 255
  return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4
})

/** Finer than 8 bits need in the shadows, where the curve is steepest. */
const encodeSteps = 8191
const toSrgb = Uint8Array.from({ length: encodeSteps + 1 }, (_, step) => {
  const v = step / encodeSteps
  return Math.round(255 * (v <= 0.0031308 ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055))
})

export type Lab = readonly [l: number, a: number, b: number]

/** Red, green and blue as linear light, 0 to 1. */
export function labOfLinear(r: number, g: number, b: number): Lab {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

/** Linear light, not yet limited to what sRGB can show. */
export function linearOf(l: number, a: number, b: number): Lab {
  const x = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const y = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const z = (l - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * x - 3.3077115913 * y + 0.2309699292 * z,
    -1.2684380046 * x + 2.6097574011 * y - 0.3413193965 * z,
    -0.0041960863 * x - 0.7034186147 * y + 1.707614701 * z,
  ]
}

/** Packed 8-bit RGB to Oklab. */
export function fromRgb(rgb: Uint8Array, width: number, height: number, tick: Tick): Bitmap {
  const bitmap = createBitmap(width, height)
  for (let y = 0, i = 0; y < height; y++) {
    if (y % band === 0) tick(y / height)
    for (let x = 0; x < width; x++, i++) {
      const r = toLinear[rgb[i * 3]!]!
      const g = toLinear[rgb[i * 3 + 1]!]!
      const b = toLinear[rgb[i * 3 + 2]!]!
      const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
      const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
      const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
      bitmap.l[i] = 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s
      bitmap.a[i] = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s
      bitmap.b[i] = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s
    }
  }
  return bitmap
}

/** Oklab to packed 8-bit RGB. Colours outside sRGB lose chroma, not hue or lightness. */
export function toRgb({ width, height, l, a, b }: Bitmap, tick: Tick): Uint8Array {
  const rgb = new Uint8Array(width * height * 3)
  for (let y = 0, i = 0; y < height; y++) {
    if (y % band === 0) tick(y / height)
    for (let x = 0; x < width; x++, i++) {
      const lightness = l[i]!
      let scale = 1
      // Four steps of 18 % reach nearly everything; what is left is cut per channel.
      for (let attempt = 0; ; attempt++) {
        const ca = a[i]! * scale
        const cb = b[i]! * scale
        let p = lightness + 0.3963377774 * ca + 0.2158037573 * cb
        let q = lightness - 0.1055613458 * ca - 0.0638541728 * cb
        let r = lightness - 0.0894841775 * ca - 1.291485548 * cb
        p = p * p * p
        q = q * q * q
        r = r * r * r
        const red = 4.0767416621 * p - 3.3077115913 * q + 0.2309699292 * r
        const green = -1.2684380046 * p + 2.6097574011 * q - 0.3413193965 * r
        const blue = -0.0041960863 * p - 0.7034186147 * q + 1.707614701 * r
        if (attempt === 4 || (inside(red) && inside(green) && inside(blue))) {
          rgb[i * 3] = encode(red)
          rgb[i * 3 + 1] = encode(green)
          rgb[i * 3 + 2] = encode(blue)
          break
        }
        scale *= 0.82
      }
    }
  }
  return rgb
}

/** Small overshoots are cut without a visible change of colour. */
const inside = (value: number) => value > -0.004 && value < 1.01

const encode = (value: number) => toSrgb[value <= 0 ? 0 : value >= 1 ? encodeSteps : (value * encodeSteps + 0.5) | 0]!
