/** A city at night, cut from sheets of paper and lit from behind; the sheet around it is see-through. */
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

const width = 900
const height = 720

/** A sheet: 255 where there is paper. */
type Sheet = Uint8Array

const svg = (content: string) =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${content}</svg>`)

const cut = async (content: string): Promise<Sheet> =>
  new Uint8Array(await sharp(svg(content)).extractChannel('alpha').raw().toBuffer())

const soften = async (sheet: Sheet, by: number): Promise<Sheet> =>
  new Uint8Array(
    await sharp(sheet, { raw: { width, height, channels: 1 } })
      .blur(by)
      .extractChannel(0)
      .raw()
      .toBuffer(),
  )

/** How paper of one colour looks: fibres, and light that comes through from behind. */
function paperAt(base: Colour, x: number, y: number, seed: number): Colour {
  const fibre = 1 + 0.07 * fbm(x / 9, y / 22, 3, seed) + 0.05 * noise(x / 2.3, y / 2.3, seed + 4)
  return [base[0] * fibre, base[1] * fibre, base[2] * fibre]
}

/** Lays a sheet over the picture: first its shadow, then a light edge on top, then the paper. */
async function lay(canvas: Canvas, sheet: Sheet, tone: (x: number, y: number) => Colour, lift: number, seed: number) {
  const shadow = await soften(sheet, lift)
  const [dx, dy] = [Math.round(lift * 0.5), Math.round(-lift * 0.6)]
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x
      const from = clamp(y - dy, 0, height - 1) * width + clamp(x - dx, 0, width - 1)
      blend(canvas, i, [0.004, 0.004, 0.012], (shadow[from]! / 255) * 0.62)
      const paper = sheet[i]! / 255
      if (paper === 0) continue
      const c = paperAt(tone(x, y), x, y, seed)
      const above = sheet[Math.max(0, i - width * 2)]! / 255
      const edge = 1 + 0.5 * (1 - above)
      blend(canvas, i, [c[0] * edge, c[1] * edge, c[2] * edge], paper)
    }
  }
}

/** Lamps behind the windows: some bright, some low. */
function shine(canvas: Canvas, windows: Sheet, seed: number) {
  const [warm, low] = [colour('#ffdc8c'), colour('#e08a3c')]
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const alpha = windows[y * width + x]! / 255
      if (alpha > 0)
        blend(canvas, y * width + x, mixColour(low, warm, clamp(0.6 + noise(x / 26, y / 26, seed) * 1.2)), alpha)
    }
  }
}

const glow = { top: colour('#1b2a5c'), low: colour('#f0a24e') }
const moon: Colour = colour('#fff1c4')

export async function paperCity(): Promise<Record<string, Buffer>> {
  const canvas = createCanvas(width, height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const up = smoothstep(0.2, 0.86, y / height + 0.03 * fbm(x / 200, y / 200, 2, 2))
      const away = Math.sqrt((x - 610) ** 2 + (y - 190) ** 2)
      const halo = 0.5 * Math.exp(-Math.max(0, away - 62) / 60)
      const sky = mixColour(mixColour(glow.top, glow.low, up), moon, Math.max(halo, smoothstep(63, 61, away)))
      canvas.rgb.set(paperAt(sky, x, y, 3), (y * width + x) * 3)
    }
  }
  const clouds =
    '<path d="M-20 262c60-36 116-26 146-4 34-34 96-32 122 2 40-20 92-8 106 22H-20ZM520 232c26-26 66-28 92-6 30-22 78-16 98 10 38-10 72 2 84 20H508c-4-10 2-18 12-24Z"/>'
  await lay(canvas, await cut(clouds), () => colour('#3a4a86'), 7, 11)
  const layers: [string, string, number, number, number, number][] = [
    ['#5b4a7c', '#c8795c', 20, 400, 150, 44],
    ['#37366b', '#8d4c5a', 27, 460, 150, 58],
    ['#1f2550', '#4d3357', 34, 540, 120, 74],
  ]
  for (const [high, low, seed, top, spread, wide] of layers) {
    const [a, b] = [colour(high), colour(low)]
    const { walls, windows } = street({ seed, top, spread, wide, width, height })
    shine(canvas, await cut(windows), seed)
    // Light from the street warms each row from below.
    await lay(canvas, await cut(walls), (_, y) => mixColour(a, b, smoothstep(top - 60, height, y)), 6, seed)
  }
  const spans = [60, 320, 580].map(
    x => `<path d="M${x} 650a130 104 0 0 1 260 0" fill="none" stroke="#000" stroke-width="18"/>`,
  )
  const posts = Array.from({ length: 27 }, (_, i) => {
    const x = 60 + i * 30
    const rise = 104 * Math.sqrt(Math.max(0, 1 - (((x - 60) % 260) / 130 - 1) ** 2))
    return `<path d="M${x} 650v${-rise}h3v${rise}Z"/>`
  })
  const bridge = `${spans.join('')}${posts.join('')}<path d="M-10 720V640H910V720Z"/>`
  await lay(canvas, await cut(bridge), () => colour('#10142f'), 8, 61)
  // The frame: everything outside an arch is see-through.
  const arch = await cut('<path d="M24 700V330C24 130 210 20 450 20S876 130 876 330V700Z"/>')
  const opaque = await develop(canvas, { grain: 0, vignette: 0.3 }).raw().toBuffer()
  const png = await sharp(opaque, { raw: { width, height, channels: 3 } })
    .joinChannel(Buffer.from(arch), { raw: { width, height, channels: 1 } })
    .png({ palette: true, quality: 100, dither: 1 })
    .toBuffer()
  return { 'city.png': png }
}
