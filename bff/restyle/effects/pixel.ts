import { type Bitmap, clamp, createBitmap, part } from '../imaging/bitmap.ts'
import { blurBitmap } from '../imaging/blur.ts'
import { mainColours, nearest } from '../imaging/clusters.ts'
import { kuwahara } from '../imaging/kuwahara.ts'
import { stretchLevels } from '../imaging/levels.ts'
import { createRandom } from '../imaging/noise.ts'
import type { Lab } from '../imaging/oklab.ts'
import { shrink } from '../imaging/resample.ts'
import type { Effect } from './effect.ts'

/** Ordered dither of 4 x 4, around 0 from -0.5 to 0.5. */
const bayer = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5].map(value => (value + 0.5) / 16 - 0.5)

/** Blocks along the long side; bold ones are fewer. */
const blocks = { soft: 192, usual: 144, bold: 104 }

/** Pixel art: square blocks, a palette of a game console, ordered dither between its colours, darkened outlines. */
export const pixel: Effect = (image, { seed, bold }, tick) => {
  const { width, height } = image
  const random = createRandom(seed)
  const along = bold > 0 ? blocks.bold : bold < 0 ? blocks.soft : blocks.usual
  const size = Math.max(2, Math.round(Math.max(width, height) / along))
  const calm = kuwahara(image, size * 0.6, part(tick, 0, 0.5))
  const grid = shrink(calm, size)
  stretchLevels(grid.l, 0.01, 0.99, 1.6)
  outline(grid)
  tick(0.65)
  const count = 20 + Math.floor(random() * 13)
  const palette = mainColours(grid, count, seed).map(
    ([l, a, b]): Lab => [clamp((l - 0.5) * 1.06 + 0.5, 0.04, 1), a * 1.3, b * 1.3],
  )
  const [shiftX, shiftY] = [Math.floor(random() * 4), Math.floor(random() * 4)]
  for (let y = 0, i = 0; y < grid.height; y++)
    for (let x = 0; x < grid.width; x++, i++) {
      const dither = bayer[((y + shiftY) & 3) * 4 + ((x + shiftX) & 3)]! * 0.05
      const [l, a, b] = palette[nearest(palette, grid.l[i]! + dither, grid.a[i]! * 1.3, grid.b[i]! * 1.3)]!
      grid.l[i] = l
      grid.a[i] = a
      grid.b[i] = b
    }
  tick(0.8)
  return blockUp(grid, size, width, height)
}

/** Sharpens on the grid and darkens the dark side of edges, as a drawn sprite has it. */
function outline(grid: Bitmap) {
  const around = blurBitmap(grid, 1.3)
  for (let i = 0; i < grid.l.length; i++) {
    const detail = grid.l[i]! - around.l[i]!
    grid.l[i] = clamp(grid.l[i]! + detail * (detail < 0 ? 0.9 : 0.45), 0, 1)
    grid.a[i]! += (grid.a[i]! - around.a[i]!) * 0.4
    grid.b[i]! += (grid.b[i]! - around.b[i]!) * 0.4
  }
}

function blockUp(grid: Bitmap, size: number, width: number, height: number): Bitmap {
  const out = createBitmap(width, height)
  for (let y = 0, i = 0; y < height; y++) {
    const row = Math.floor(y / size) * grid.width
    for (let x = 0; x < width; x++, i++) {
      const cell = row + Math.floor(x / size)
      out.l[i] = grid.l[cell]!
      out.a[i] = grid.a[cell]!
      out.b[i] = grid.b[cell]!
    }
  }
  return out
}
