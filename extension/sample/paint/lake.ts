/** A lake between hills, lit twice: at dusk, with a boat, and at dawn. */
import sharp from 'sharp'
import { paintBoat } from './boat.ts'
import { colour, develop, smoothstep } from './canvas.ts'
import type { Hill } from './hills.ts'
import { type Landscape, paintLandscape } from './landscape.ts'
import { paintReeds } from './reeds.ts'

const hills: Hill[] = [
  { base: 0.05, height: 0.17, scale: 1.5, depth: 0.06, seed: 14, trees: 0 },
  { base: 0.03, height: 0.14, scale: 1.8, depth: 0.26, seed: 11, trees: 0 },
  { base: 0.015, height: 0.12, scale: 1.7, depth: 0.52, seed: 23, trees: 0.004 },
  { base: 0.01, height: 0.1, scale: 2.2, depth: 0.78, seed: 37, trees: 0.009, slope: x => smoothstep(0.75, 1.5, x) },
  { base: 0, height: 0.2, scale: 2, depth: 1, seed: 51, trees: 0.04, slope: x => smoothstep(0.5, -0.1, x) },
]

const dusk: Landscape = {
  horizon: 0.545,
  hills,
  sky: {
    stops: [
      [0, colour('#26345f')],
      [0.3, colour('#4d5383')],
      [0.52, colour('#86698d')],
      [0.7, colour('#c2818a')],
      [0.84, colour('#e8a581')],
      [1, colour('#fad39b')],
    ],
    sun: { x: 0.52, y: 0.424, size: 0.022, light: [7, 3.6, 1.4], glow: [1, 0.5, 0.2] },
    clouds: { lit: colour('#ffb387'), shade: colour('#54466e'), cover: 0.52 },
  },
  air: { haze: colour('#e6ad90'), far: colour('#c48c95'), shade: colour('#161c33'), mist: 0.74 },
  water: { deep: colour('#101c33'), rough: 0.8, path: { x: 0.52, light: [3.4, 1.6, 0.6] } },
}

const dawn: Landscape = {
  horizon: 0.545,
  hills,
  sky: {
    stops: [
      [0, colour('#8fb3c4')],
      [0.4, colour('#b9cfd0')],
      [0.75, colour('#e6dfce')],
      [1, colour('#f6e3c4')],
    ],
    sun: { x: 1.2, y: 0.4, size: 0.02, light: [3, 2.6, 2], glow: [0.7, 0.6, 0.4] },
    clouds: { lit: colour('#fff4e2'), shade: colour('#9db3bd'), cover: 0.44 },
  },
  air: { haze: colour('#e8e4d8'), far: colour('#b7c7c8'), shade: colour('#2c4a48'), mist: 0.92 },
  water: { deep: colour('#31525a'), rough: 0.5, path: { x: 1.2, light: [1, 0.9, 0.7] } },
}

/**
 * As a camera would have left it: lying on its side with a note which way is up,
 * and with the place where it was "taken" (the middle of Lake Biwa).
 */
export async function lakeAtDusk(): Promise<Record<string, Buffer>> {
  const canvas = paintLandscape(1600, 1067, dusk)
  await paintBoat(canvas, 640, 812, 250)
  await paintReeds(canvas)
  const bytes = await develop(canvas, { grain: 6, vignette: 0.35 })
    .rotate(-90)
    .withMetadata({ orientation: 6 })
    .withExifMerge({
      IFD0: { Make: 'Shoreline', Model: 'Painted by code' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '35/1 15/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '136/1 5/1 0/1' },
    })
    .jpeg({ quality: 86, mozjpeg: true })
    .toBuffer()
  return { 'lake.jpg': bytes }
}

/** The same lake in the morning, in the three widths a page offers to small and large screens. */
export async function lakeAtDawn(): Promise<Record<string, Buffer>> {
  const large = await develop(paintLandscape(960, 640, dawn), { grain: 5, vignette: 0.15 })
    .png({ compressionLevel: 1 })
    .toBuffer()
  const files = [320, 640, 960].map(async width => {
    const bytes = await sharp(large).resize(width).jpeg({ quality: 82, mozjpeg: true }).toBuffer()
    return [`dawn-${width}.jpg`, bytes] as const
  })
  return Object.fromEntries(await Promise.all(files))
}
