import sharp from 'sharp'
import { type Bitmap, createBitmap } from '../imaging/bitmap.ts'
import { fromRgb } from '../imaging/oklab.ts'
import type { Picture, PictureRole } from '../order.ts'

type Painter = (u: number, v: number) => readonly [red: number, green: number, blue: number]

/** A ball with light and shadow on striped ground before an evening sky: soft tones, hard edges, strong colours. */
export const evening: Painter = (u, v) => {
  const dx = u - 0.42
  const dy = v - 0.55
  const r = Math.hypot(dx, dy) / 0.26
  if (r < 1) {
    const lit = Math.max(0, -dx * 2.2 - dy * 2.6 + Math.sqrt(1 - r * r) * 0.6)
    return [60 + 190 * lit, 20 + 90 * lit, 30 + 40 * lit]
  }
  if (v > 0.7) {
    const stripe = Math.sin(u * 60 + v * 20) > 0 ? 1 : 0.75
    return [150 * stripe, 110 * stripe, 60 * stripe]
  }
  const cloud = Math.max(0, Math.sin(u * 9 + Math.sin(v * 14) * 1.5)) * 50
  return [90 + 130 * v + cloud, 110 + 60 * v + cloud, 190 - 60 * v + cloud * 0.5]
}

/** Green and violet weave: other colours, other lightness and a texture of its own. */
export const weave: Painter = (u, v) => {
  const thread = Math.sin(u * 160) * Math.sin(v * 160)
  return [70 + 50 * u + thread * 30, 120 + 60 * v + thread * 40, 90 + 80 * u * v + thread * 20]
}

export function paintRgb(width: number, height: number, painter: Painter): Uint8Array {
  const rgb = new Uint8Array(width * height * 3)
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i += 3) {
      const colour = painter(x / width, y / height)
      for (let k = 0; k < 3; k++) rgb[i + k] = Math.max(0, Math.min(255, colour[k]!))
    }
  return rgb
}

export const paintBitmap = (width: number, height: number, painter: Painter): Bitmap =>
  fromRgb(paintRgb(width, height, painter), width, height, () => {})

export interface PaintedPicture {
  width?: number
  height?: number
  painter?: Painter
  role?: PictureRole
  weight?: number
}

export async function paintedPicture({
  width = 360,
  height = 270,
  painter = evening,
  role = 'subject',
  weight = 100,
}: PaintedPicture = {}) {
  const raw = { raw: { width, height, channels: 3 as const } }
  const bytes = await sharp(paintRgb(width, height, painter), raw)
    .png()
    .toBuffer()
  return { bytes, mime: 'image/png' as const, width, height, role, weight } satisfies Picture & { mime: string }
}

/** Mean absolute difference of two equally large PNGs, in steps of 8 bits. */
export async function difference(one: Uint8Array, two: Uint8Array): Promise<number> {
  const [a, b] = await Promise.all([sharp(one).raw().toBuffer(), sharp(two).raw().toBuffer()])
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += Math.abs(a[i]! - b[i]!)
  return sum / a.length
}

export function flat(width: number, height: number, l: number): Bitmap {
  const bitmap = createBitmap(width, height)
  bitmap.l.fill(l)
  return bitmap
}
