import { band, clamp, createBitmap, part, unitOf } from '../bitmap.ts'
import { labOfLinear, linearOf } from '../colour/oklab.ts'
import { blurBitmap } from '../filters/blur.ts'
import { stretchLevels } from '../filters/levels.ts'
import { createRandom } from '../noise.ts'
import { createScreen } from './halftone/screen.ts'
import type { Treatment } from './treatment.ts'

/** How much of red, green and blue light an ink lets through. */
type Ink = readonly [red: number, green: number, blue: number]

const cyan: Ink = [0.01, 0.55, 0.86]
const magenta: Ink = [0.9, 0.05, 0.4]
const yellow: Ink = [0.99, 0.84, 0.04]
const key: Ink = [0.012, 0.012, 0.022]
const paper: Ink = [0.965, 0.935, 0.865]

/** Colour print under the magnifying glass: four screens of round dots on cream paper; one screen when monochrome. */
export const halftone: Treatment = (image, { seed, warmth, bold, mono }, tick) => {
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
