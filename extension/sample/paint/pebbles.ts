/** Wet pebbles at the edge of the water. */
import { type Canvas, type Colour, clamp, colour, createCanvas, develop, mix, mixColour, smoothstep } from './canvas.ts'
import { fbm, hash, noise } from './noise.ts'
import { stamp } from './stamp.ts'

const width = 840
const height = 560

const stones = [
  '#6f7478',
  '#8c8a84',
  '#4a5157',
  '#a4978a',
  '#7d6552',
  '#c9c3b8',
  '#5b5f58',
  '#8a5f4c',
  '#3a4046',
  '#b3a48c',
].map(colour)
const quartz: Colour = colour('#e9e4da')
const sand: Colour = colour('#5a4d3e')
const light = [-0.5, -0.62, 0.6] as const

/** How far up the sheet of water has come; above 0 is under water. */
const water = (x: number, y: number) =>
  y / height - 0.62 - 0.1 * Math.sin(x / 170) - 0.05 * fbm(x / 120, 3, 3, 8) + x / width / 6

function pebble(canvas: Canvas, i: number, size: number): void {
  const [x, y] = [hash(i, 1, 30) * (width + 60) - 30, hash(i, 2, 30) * (height + 60) - 30]
  const turn = hash(i, 3, 30) * Math.PI
  const flat = 0.58 + 0.36 * hash(i, 4, 30)
  const base = stones[Math.floor(hash(i, 5, 30) * stones.length)]!
  const banded = hash(i, 6, 30) < 0.2
  const outline = (u: number, v: number) => {
    const angle = Math.atan2(v / flat, u)
    const radius = Math.sqrt(u * u + (v / flat) ** 2)
    return radius / (0.93 + 0.09 * Math.sin(angle * 2 + i) + 0.06 * Math.sin(angle * 3 + i * 2))
  }
  stamp(canvas, { x: x + size * 0.1, y: y + size * 0.14, size, turn }, 1.4, (u, v) => {
    const alpha = smoothstep(1.28, 0.72, Math.sqrt(u * u + (v / flat) ** 2)) * 0.75
    return alpha > 0 ? [[0.006, 0.006, 0.006], alpha] : null
  })
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
  const [lu, lv] = [light[0] * cos + light[1] * sin, light[1] * cos - light[0] * sin]
  stamp(canvas, { x, y, size, turn }, 1.15, (u, v) => {
    const r = outline(u, v)
    const alpha = clamp(0.5 + (1 - r) * size * flat)
    if (alpha === 0) return null
    const round = Math.min(r, 1) ** 2.6
    const nu = (u / Math.max(r, 0.01)) * round
    const nv = (v / flat / Math.max(r, 0.01)) * round
    const nz = Math.sqrt(Math.max(0.02, 1 - nu * nu - nv * nv))
    const lit = Math.max(0, nu * lu + nv * lv + nz * light[2])
    const half = Math.max(0, nu * lu * 0.55 + nv * lv * 0.55 + nz * 0.86)
    const grainy =
      1 + 0.16 * fbm(u * size * 0.09 + i, v * size * 0.09, 3, 33) + 0.14 * noise(u * size * 0.7, v * size * 0.7, 34)
    const bandAt = u * 2.4 + 0.5 * v + 0.25 * noise(u * 2, v * 2 + i, 35)
    const band = banded ? smoothstep(0.16, 0.06, Math.abs(bandAt - Math.round(bandAt))) * 0.75 : 0
    const body = mixColour(base, quartz, band)
    const glow = (0.2 + 1.05 * lit) * grainy * 0.82
    const wet = half ** 60 * 0.75 + half ** 9 * 0.035
    return [[body[0] * glow + wet, body[1] * glow + wet, body[2] * glow * 1.02 + wet], alpha]
  })
}

/** A thin sheet of water: cooler, darker, with bright lines where its ripples gather light, and foam at its edge. */
function wash(canvas: Canvas): void {
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const over = water(x, y)
      const under = smoothstep(0, 0.05, over)
      const i = (y * width + x) * 3
      const dry = 1.12 - 0.25 * smoothstep(-0.35, 0, over)
      const bend = noise(x / 40, y / 30, 41)
      const caustic = (1 - Math.abs(noise(x / 46 + bend, y / 34 + bend, 42))) ** 9
      const sheen = smoothstep(0.1, 0.8, fbm(x / 130, y / 26, 3, 43)) * 0.2
      for (let n = 0; n < 3; n++) {
        const tint = [0.5, 0.66, 0.72][n]!
        const wet = canvas.rgb[i + n]! * tint * (0.9 + 0.75 * caustic) + [0.24, 0.33, 0.38][n]! * (0.1 + sheen)
        canvas.rgb[i + n] = mix(canvas.rgb[i + n]! * dry, wet, under)
      }
      // Foam: dense at the edge, then a lace of bubbles that thins out behind it.
      const holes = 1 - Math.abs(noise(x / 21 + bend, y / 15, 44)) * 1.7 + 0.5 * fbm(x / 7, y / 6, 3, 45)
      const lace = smoothstep(0.62, 1.05, holes)
      const foam =
        Math.exp(-((over / 0.01) ** 2)) * (0.3 + 0.6 * lace) + Math.exp(-(((over - 0.05) / 0.04) ** 2)) * lace * 0.5
      for (let n = 0; n < 3; n++) canvas.rgb[i + n] = mix(canvas.rgb[i + n]!, 0.82, clamp(foam * 0.9))
    }
  }
}

export async function wetPebbles(): Promise<Record<string, Buffer>> {
  const canvas = createCanvas(width, height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const speck = 0.55 + 0.5 * noise(x / 1.7, y / 1.7, 50)
      canvas.rgb.set([sand[0] * speck, sand[1] * speck, sand[2] * speck], (y * width + x) * 3)
    }
  }
  const count = 620
  // Small ones lie below, large ones on top.
  for (let i = 0; i < count; i++) pebble(canvas, i, 9 + 54 * (i / count) ** 3 + 10 * hash(i, 8, 30))
  wash(canvas)
  return {
    'pebbles.jpg': await develop(canvas, { grain: 4, vignette: 0.25 }).jpeg({ quality: 80, mozjpeg: true }).toBuffer(),
  }
}
