/** Dunes in evening light. */
import { type Canvas, type Colour, clamp, colour, createCanvas, develop, mixColour, smoothstep } from './canvas.ts'
import { fbm, noise } from './noise.ts'

const width = 900
const height = 600

interface Dune {
  /** Height of the line at the sides and at its top, from the upper edge (0) to the lower (1). */
  foot: number
  top: number
  /** Where its top is, and how broad it is; in picture heights. */
  at: number
  broad: number
  /** How far its ridge wanders on its way down. */
  wander: number
  /** 0 is far, 1 is near. */
  depth: number
}

const dunes: Dune[] = [
  { foot: 0.47, top: 0.4, at: 1.22, broad: 0.5, wander: 0.1, depth: 0.05 },
  { foot: 0.5, top: 0.36, at: 0.3, broad: 0.42, wander: 0.12, depth: 0.22 },
  { foot: 0.6, top: 0.36, at: 0.98, broad: 0.5, wander: -0.26, depth: 0.45 },
  { foot: 0.82, top: 0.55, at: 0.12, broad: 0.85, wander: 0.7, depth: 0.72 },
  { foot: 0.98, top: 0.72, at: 1.42, broad: 0.8, wander: -0.62, depth: 1 },
]

const lit = { far: colour('#e9b98d'), near: colour('#e08a48') }
const shade = { far: colour('#b98a86'), near: colour('#4a2a3a') }
const sky = { top: colour('#5d7fa6'), low: colour('#f6d3a8') }

function paintDune(canvas: Canvas, dune: Dune, seed: number): void {
  const { foot, top, at, broad, wander, depth } = dune
  const bright = mixColour(lit.far, lit.near, depth)
  const dark = mixColour(shade.far, shade.near, depth)
  for (let x = 0; x < width; x++) {
    const u = x / height
    const away = (u - at) / broad
    const line =
      foot +
      (top - foot) * Math.exp(-away * away * 1.6) ** (1 + 0.5 * Math.sign(away) * Math.sign(wander)) +
      0.012 * noise(u * 2, seed, 3)
    for (let y = Math.max(0, Math.floor(line * height)); y < height; y++) {
      const v = y / height
      const down = (v - top) / (1.05 - top)
      // The ridge runs from the top towards the viewer in a long S.
      const ridge = at + wander * (down + 0.32 * Math.sin(down * 4.2)) + 0.02 * fbm(u * 3, v * 3, 2, seed)
      const across = (u - ridge) * Math.sign(wander)
      const sunny = smoothstep(0.004 + 0.03 * down, -0.004 - 0.03 * down, across)
      const slope = clamp(0.75 + 0.55 * fbm(u * 1.6 + seed, v * 3.4, 3, seed) - Math.max(0, across) * 0.5)
      // Wind ripples follow the slope and are seen best where the light grazes.
      const bend = fbm(u * 3.3, v * 5, 3, seed + 9)
      const pitch = 26 + 120 * (1 - down * 0.8)
      const wave = Math.sin((v * 1.25 + u * 0.42 * Math.sign(wander) + bend * 0.055) * pitch * 2.4)
      const ripple = wave * (0.05 + 0.16 * clamp(down)) * (0.4 + 0.9 * clamp(0.5 + bend)) * depth
      const crestGlow = 0.5 * sunny * Math.exp(-Math.abs(across) * 16)
      const sand = 1 + 0.05 * noise(x / 1.6, y / 1.6, seed + 4) * depth
      const light = (0.62 + 0.42 * slope + crestGlow + ripple * (0.5 + 0.5 * sunny)) * sand
      const c = mixColour(dark, bright, clamp(sunny + ripple * 0.25))
      const haze = (1 - depth) * 0.35 * smoothstep(0.25, 0, down)
      const done = mixColour([c[0] * light, c[1] * light, c[2] * light], sky.low, haze)
      const cover = clamp(y + 1 - line * height)
      const i = (y * width + x) * 3
      for (let n = 0; n < 3; n++) canvas.rgb[i + n] = canvas.rgb[i + n]! * (1 - cover) + done[n as 0 | 1 | 2] * cover
    }
  }
}

function skyAt(x: number, y: number): Colour {
  const base = mixColour(sky.top, sky.low, smoothstep(0, 0.46, y))
  const veil = smoothstep(0.05, 0.6, fbm(x * 1.2, y * 7, 5, 6)) * 0.45
  return mixColour(base, colour('#f8c9a0'), veil)
}

export async function dunesAtEvening(): Promise<Record<string, Buffer>> {
  const canvas = createCanvas(width, height)
  for (let y = 0; y < height * 0.62; y++) {
    for (let x = 0; x < width; x++) canvas.rgb.set(skyAt(x / height, y / height), (y * width + x) * 3)
  }
  dunes.forEach((dune, i) => {
    paintDune(canvas, dune, 20 + i * 13)
  })
  return {
    'dunes.avif': await develop(canvas, { grain: 3, vignette: 0.25 }).avif({ quality: 60, effort: 2 }).toBuffer(),
  }
}
