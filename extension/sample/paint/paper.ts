/** Sheets of coloured paper, cut out and laid over each other. */
import sharp from 'sharp'
import { blend, type Canvas, type Colour, clamp } from './canvas.ts'
import { fbm, noise } from './noise.ts'

/** A sheet: 255 where there is paper. */
export type Sheet = Uint8Array

interface Size {
  width: number
  height: number
}

/** Cuts a sheet along SVG shapes. */
export async function cut({ width, height }: Size, shapes: string): Promise<Sheet> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${shapes}</svg>`
  return new Uint8Array(await sharp(Buffer.from(svg)).extractChannel('alpha').raw().toBuffer())
}

async function soften({ width, height }: Size, sheet: Sheet, by: number): Promise<Sheet> {
  const image = sharp(sheet, { raw: { width, height, channels: 1 } }).blur(by)
  return new Uint8Array(await image.extractChannel(0).raw().toBuffer())
}

/** The unevenness of paper: one factor a pixel. */
export function paperFibres({ width, height }: Size): Float32Array {
  const fibres = new Float32Array(width * height)
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      fibres[i] = 1 + 0.07 * fbm(x / 9, y / 22, 3, 40) + 0.05 * noise(x / 2.3, y / 2.3, 44)
    }
  }
  return fibres
}

interface Laid {
  sheet: Sheet
  /** Its colour from row to row. */
  tone: (y: number) => Colour
  /** How far it lies above the one below; its shadow grows with it. */
  lift: number
}

/** Lays a sheet over the picture: first its shadow, then the paper, lighter along its upper edge. */
export async function lay(canvas: Canvas, fibres: Float32Array, { sheet, tone, lift }: Laid): Promise<void> {
  const { width, height } = canvas
  const shadow = await soften(canvas, sheet, lift)
  const [dx, dy] = [Math.round(lift * 0.5), Math.round(-lift * 0.6)]
  const dark: Colour = [0.004, 0.004, 0.012]
  for (let y = 0; y < height; y++) {
    const base = tone(y)
    const row = clamp(y - dy, 0, height - 1) * width
    for (let x = 0; x < width; x++) {
      const i = y * width + x
      const paper = sheet[i]! / 255
      const shade = shadow[row + clamp(x - dx, 0, width - 1)]!
      if (paper < 1 && shade > 0) blend(canvas, i, dark, (shade / 255) * 0.62)
      if (paper === 0) continue
      const edge = 1.5 - sheet[Math.max(0, i - width * 2)]! / 510
      // Each sheet takes its fibres from another place.
      const light = edge * fibres[(i + lift * 76003) % fibres.length]!
      blend(canvas, i, [base[0] * light, base[1] * light, base[2] * light], paper)
    }
  }
}
