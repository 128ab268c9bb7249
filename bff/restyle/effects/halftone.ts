import { band, clamp, createBitmap, part, unitOf } from '../imaging/bitmap.ts'
import { blurBitmap } from '../imaging/blur.ts'
import { stretchLevels } from '../imaging/levels.ts'
import { createRandom } from '../imaging/noise.ts'
import { labOfLinear, linearOf } from '../imaging/oklab.ts'
import type { Effect } from './effect.ts'

/** How much of red, green and blue light an ink lets through. */
type Ink = readonly [red: number, green: number, blue: number]

const cyan: Ink = [0.01, 0.55, 0.86]
const magenta: Ink = [0.9, 0.05, 0.4]
const yellow: Ink = [0.99, 0.84, 0.04]
const key: Ink = [0.012, 0.012, 0.022]
const paper: Ink = [0.965, 0.935, 0.865]

/** Colour print under the magnifying glass: four screens of round dots on cream paper; one screen when monochrome. */
export const halftone: Effect = (image, { seed, warmth, bold, mono }, tick) => {
  const { width, height } = image
  const unit = unitOf(image)
  const random = createRandom(seed)
  const pitch = Math.max(3.2, (8 + 3.5 * bold) * unit)
  const picture = blurBitmap(image, pitch * 0.16)
  stretchLevels(picture.l, 0.01, 0.985, 1.5)
  tick(0.2)
  const turn = random() * 30
  // 30 degrees apart the screens make rosettes instead of moire; yellow, hardly seen, stands between.
  const screenAt = (angle: number) => createScreen(pitch, angle + turn, random() * pitch, random() * pitch)
  const screens = { c: screenAt(15), m: screenAt(75), y: screenAt(0), k: screenAt(45) }
  const out = createBitmap(width, height)
  const stock: Ink = [paper[0], paper[1], clamp(paper[2] - warmth * 0.1, 0, 1)]
  const print = part(tick, 0.2, 1)
  for (let y = 0, i = 0; y < height; y++) {
    if (y % band === 0) print(y / height)
    for (let x = 0; x < width; x++, i++) {
      const [red, green, blue] = linearOf(picture.l[i]!, picture.a[i]! * 1.25, picture.b[i]! * 1.25)
      const mean = (absorbed(red) + absorbed(green) + absorbed(blue)) / 3
      const c = mean + (absorbed(red) - mean) * 1.4
      const m = mean + (absorbed(green) - mean) * 1.4
      const yl = mean + (absorbed(blue) - mean) * 1.4
      const grey = c < m ? (c < yl ? c : yl) : m < yl ? m : yl
      const black = mono ? absorbed((red + green + blue) / 3) : clamp((grey - 0.42) / 0.58, 0, 1) ** 1.4
      const colour = mono ? 0 : 1
      // No ink is pure: cyan takes some green light, magenta some blue; the next ink gives way for it.
      const inkC = screens.c(x, y, colour * (c - 0.12 * m - black * 0.5))
      const inkM = screens.m(x, y, colour * (m - 0.3 * c - 0.04 * yl - black * 0.4))
      const inkY = screens.y(x, y, colour * (yl - 0.34 * m - black * 0.4))
      const inkK = screens.k(x, y, black)
      const channel = (n: 0 | 1 | 2) =>
        stock[n] *
        (1 - inkC * (1 - cyan[n])) *
        (1 - inkM * (1 - magenta[n])) *
        (1 - inkY * (1 - yellow[n])) *
        (1 - inkK * (1 - key[n]))
      const [l, a, b] = labOfLinear(channel(0), channel(1), channel(2))
      out.l[i] = l
      out.a[i] = a
      out.b[i] = b
    }
  }
  return out
}

/** Share of the paper to cover for this much light; less than all that is missing, because dots print fuller. */
const absorbed = (light: number) => (light <= 0 ? 1 : light >= 1 ? 0 : 1 - light ** 0.55)

/** Ink at a pixel, 0 to 1 with a soft rim of one pixel, when `share` of the area is to be covered there. */
type Screen = (x: number, y: number, share: number) => number

const steps = 512

/**
 * Spot function cos u + cos v: round dots that grow, meet in a chessboard at one half, and leave round holes.
 * threshold[share] is the height above which exactly that share of a cell lies.
 */
const thresholds = (() => {
  const heights = new Float32Array(256 * 256)
  for (let v = 0, i = 0; v < 256; v++)
    for (let u = 0; u < 256; u++, i++)
      heights[i] = Math.cos(((u + 0.5) / 256) * 2 * Math.PI) + Math.cos(((v + 0.5) / 256) * 2 * Math.PI)
  heights.sort()
  return Float32Array.from({ length: steps + 1 }, (_, k) => {
    const at = Math.round((1 - k / steps) * (heights.length - 1))
    return heights[at]!
  })
})()

const tableBits = 10
const tableSize = 1 << tableBits
const sine = Float32Array.from({ length: tableSize }, (_, k) => Math.sin((k / tableSize) * 2 * Math.PI))

/** A screen of dots `pitch` pixels apart, its rows turned by `angle` degrees. */
function createScreen(pitch: number, angle: number, shiftX: number, shiftY: number): Screen {
  const turn = (angle / 180) * Math.PI
  const cos = (Math.cos(turn) * tableSize) / pitch
  const sin = (Math.sin(turn) * tableSize) / pitch
  const frequency = (2 * Math.PI) / pitch
  const quarter = tableSize / 4
  const mask = tableSize - 1
  return (x, y, share) => {
    if (share <= 0.012) return 0
    if (share >= 0.988) return 1
    const px = x + shiftX
    const py = y + shiftY
    const u = Math.floor(px * cos + py * sin)
    const v = Math.floor(py * cos - px * sin)
    const height = sine[(u + quarter) & mask]! + sine[(v + quarter) & mask]!
    // Steepness of the spot function here, so that the rim is one pixel wide everywhere.
    const su = sine[u & mask]!
    const sv = sine[v & mask]!
    const steep = Math.max(0.25, Math.sqrt(su * su + sv * sv)) * frequency
    const ink = (height - thresholds[(share * steps) | 0]!) / steep + 0.5
    return ink <= 0 ? 0 : ink >= 1 ? 1 : ink
  }
}
