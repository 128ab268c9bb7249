/** The sea under the moon. */
import { blend, colour, develop, smoothstep } from './canvas.ts'
import { type Landscape, paintLandscape } from './landscape.ts'
import { hash } from './noise.ts'

const moonlight: Landscape = {
  horizon: 0.47,
  hills: [
    { base: 0.004, height: 0.06, scale: 1.6, depth: 0.55, seed: 3, trees: 0, slope: x => smoothstep(0.55, -0.2, x) },
    { base: 0.004, height: 0.12, scale: 1.2, depth: 0.9, seed: 8, trees: 0.012, slope: x => smoothstep(1.2, 1.6, x) },
  ],
  sky: {
    stops: [
      [0, colour('#0b1330')],
      [0.5, colour('#152550')],
      [0.85, colour('#2b4472')],
      [1, colour('#48658c')],
    ],
    sun: { x: 0.96, y: 0.17, size: 0.036, light: [0.9, 0.88, 0.78], glow: [0.16, 0.2, 0.26] },
    clouds: { lit: colour('#8fa6c8'), shade: colour('#131d3c'), cover: 0.62 },
  },
  air: { haze: colour('#3d587f'), far: colour('#34507a'), shade: colour('#050a18'), mist: 0.5 },
  water: { deep: colour('#050d1f'), rough: 1.25, path: { x: 0.96, light: [1.5, 1.55, 1.45] } },
}

export async function seaAtNight(): Promise<Record<string, Buffer>> {
  const canvas = paintLandscape(960, 640, moonlight)
  const sky = 0.4 * canvas.height
  for (let i = 0; i < 420; i++) {
    const x = Math.floor(hash(i, 1, 40) * canvas.width)
    const y = Math.floor(hash(i, 2, 40) * sky)
    blend(canvas, y * canvas.width + x, [0.8, 0.85, 1], hash(i, 3, 40) ** 4 * (1 - y / sky))
  }
  return {
    'night.jpg': await develop(canvas, { grain: 6, vignette: 0.3 }).jpeg({ quality: 84, mozjpeg: true }).toBuffer(),
  }
}
