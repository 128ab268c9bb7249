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

export function paintLandscape(width: number, height: number, scene: Landscape): Canvas {
  const canvas = createCanvas(width, height)
  const shore = Math.round(scene.horizon * height)
  const skyAt = skyPainter(scene.sky, scene.horizon)
  for (let y = 0; y < shore; y++) {
    for (let x = 0; x < width; x++) canvas.rgb.set(skyAt(x / height, y / height), (y * width + x) * 3)
  }
  for (const hill of scene.hills) paintHill(canvas, hill, scene.air, scene.horizon)
  paintWater(canvas, shore, scene.water)
  return canvas
}
