/** A city at night, cut from sheets of paper and lit from behind; around its frame the picture is see-through. */
import sharp from 'sharp'
import {
  blend,
  type Canvas,
  type Colour,
  clamp,
  colour,
  createCanvas,
  develop,
  mixColour,
  smoothstep,
} from './canvas.ts'
import { street } from './houses.ts'
import { fbm, noise } from './noise.ts'
import { cut, lay, paperFibres, type Sheet } from './paper.ts'

const width = 900
const height = 720

const glow = { top: colour('#1b2a5c'), low: colour('#f0a24e') }
const moon = { colour: colour('#fff1c4'), x: 610, y: 190, radius: 62 }

const clouds =
  '<path d="M-20 262c60-36 116-26 146-4 34-34 96-32 122 2 40-20 92-8 106 22H-20ZM520 232c26-26 66-28 92-6 30-22 78-16 98 10 38-10 72 2 84 20H508c-4-10 2-18 12-24Z"/>'

const streets = [
  { high: colour('#5b4a7c'), low: colour('#c8795c'), seed: 20, top: 400, spread: 150, wide: 44 },
  { high: colour('#37366b'), low: colour('#8d4c5a'), seed: 27, top: 460, spread: 150, wide: 58 },
  { high: colour('#1f2550'), low: colour('#4d3357'), seed: 34, top: 540, spread: 120, wide: 74 },
]

function bridge(): string {
  const spans = [60, 320, 580].map(
    x => `<path d="M${x} 650a130 104 0 0 1 260 0" fill="none" stroke="#000" stroke-width="18"/>`,
  )
  const posts = Array.from({ length: 27 }, (_, i) => {
    const x = 60 + i * 30
    const rise = 104 * Math.sqrt(Math.max(0, 1 - (((x - 60) % 260) / 130 - 1) ** 2))
    return `<path d="M${x} 650v${-rise}h3v${rise}Z"/>`
  })
  return `${spans.join('')}${posts.join('')}<path d="M-10 720V640H910V720Z"/>`
}

/** The sheet at the back, with the lamp of the moon behind it. */
function backdrop(canvas: Canvas, fibres: Float32Array): void {
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const up = smoothstep(0.2, 0.86, y / height + 0.03 * noise(x / 200, y / 200, 2))
      const away = Math.sqrt((x - moon.x) ** 2 + (y - moon.y) ** 2) - moon.radius
      const light = Math.max(0.5 * Math.exp(-Math.max(0, away) / 60), smoothstep(1, -1, away))
      const c = mixColour(mixColour(glow.top, glow.low, up), moon.colour, light)
      const fibre = fibres[i]!
      canvas.rgb.set([c[0] * fibre, c[1] * fibre, c[2] * fibre], i * 3)
    }
  }
}

/** Lamps behind the windows: some bright, some low. */
function lightWindows(canvas: Canvas, windows: Sheet, seed: number): void {
  const [warm, low]: [Colour, Colour] = [colour('#ffdc8c'), colour('#e08a3c')]
  for (let i = 0; i < windows.length; i++) {
    if (windows[i] === 0) continue
    const strength = clamp(0.6 + 1.2 * fbm((i % width) / 26, i / width / 26, 2, seed))
    blend(canvas, i, mixColour(low, warm, strength), windows[i]! / 255)
  }
}

export async function paperCity(): Promise<Record<string, Buffer>> {
  const canvas = createCanvas(width, height)
  const fibres = paperFibres(canvas)
  backdrop(canvas, fibres)
  await lay(canvas, fibres, { sheet: await cut(canvas, clouds), tone: () => colour('#3a4a86'), lift: 7 })
  for (const { high, low, ...row } of streets) {
    const { walls, windows } = street({ ...row, width, height })
    lightWindows(canvas, await cut(canvas, windows), row.seed)
    // Light from the street warms each row from below.
    const tone = (y: number) => mixColour(high, low, smoothstep(row.top - 60, height, y))
    await lay(canvas, fibres, { sheet: await cut(canvas, walls), tone, lift: 6 })
  }
  await lay(canvas, fibres, { sheet: await cut(canvas, bridge()), tone: () => colour('#10142f'), lift: 8 })

  const arch = await cut(canvas, '<path d="M24 700V330C24 130 210 20 450 20S876 130 876 330V700Z"/>')
  const opaque = await develop(canvas, { grain: 0, vignette: 0.3 }).raw().toBuffer()
  const png = await sharp(opaque, { raw: { width, height, channels: 3 } })
    .joinChannel(Buffer.from(arch), { raw: { width, height, channels: 1 } })
    .png({ palette: true, quality: 100, dither: 1 })
    .toBuffer()
  return { 'city.png': png }
}
