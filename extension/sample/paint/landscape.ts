/** Sky, hills and the water that mirrors them. */
import { type Canvas, createCanvas } from './canvas.ts'
import { type Air, type Hill, paintHill } from './hills.ts'
import { type Sky, skyPainter } from './sky.ts'
import { paintWater, type Water } from './water.ts'

export interface Landscape {
  /** Row of the horizon, in picture heights from the top. */
  horizon: number
  sky: Sky
  air: Air
  hills: readonly Hill[]
  water: Water
}

/** The sky is soft: every second pixel is looked up, those between are mixed. */
function paintSky({ width, height, rgb }: Canvas, shore: number, { sky, horizon }: Landscape): void {
  const skyAt = skyPainter(sky, horizon)
  const [columns, rows] = [Math.ceil(width / 2) + 1, Math.ceil(shore / 2) + 1]
  const half = createCanvas(columns, rows)
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) half.rgb.set(skyAt((x * 2) / height, (y * 2) / height), (y * columns + x) * 3)
  }
  for (let y = 0, i = 0; y < shore; y++) {
    for (let x = 0; x < width; x++) {
      const from = ((y >> 1) * columns + (x >> 1)) * 3
      const [right, below] = [(x & 1) * 3, (y & 1) * columns * 3]
      for (let n = from; n < from + 3; n++, i++) {
        rgb[i] = (half.rgb[n]! + half.rgb[n + right]! + half.rgb[n + below]! + half.rgb[n + right + below]!) / 4
      }
    }
  }
}

export function paintLandscape(width: number, height: number, scene: Landscape): Canvas {
  const shore = Math.round(scene.horizon * height)
  const canvas = createCanvas(width, height)
  paintSky(canvas, shore, scene)
  for (const hill of scene.hills) paintHill(canvas, hill, scene.air, scene.horizon)
  paintWater(canvas, shore, scene.water)
  return canvas
}
