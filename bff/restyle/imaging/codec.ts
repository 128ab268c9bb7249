import sharp from 'sharp'
import { type Bitmap, part, type Tick } from './bitmap.ts'
import { fromRgb, toRgb } from './oklab.ts'

/** A rectangle in pixels of the encoded picture. */
export interface Region {
  left: number
  top: number
  width: number
  height: number
}

/** Reads `region` of an encoded picture at exactly width x height. What is transparent becomes white paper. */
export async function readBitmap(
  bytes: Uint8Array,
  region: Region,
  width: number,
  height: number,
  tick: Tick,
): Promise<Bitmap> {
  const rgb = await sharp(bytes)
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .extract(region)
    .resize(width, height, { fit: 'fill' })
    .raw()
    .toBuffer()
  return fromRgb(rgb, width, height, tick)
}

/** A whole picture, its long side `longSide` pixels long if that enlarges it no more than so many times. */
export function readWhole(
  { bytes, width, height }: { bytes: Uint8Array; width: number; height: number },
  { longSide, mostEnlarged }: { longSide: number; mostEnlarged: number },
  tick: Tick,
): Promise<Bitmap> {
  const scale = Math.min(mostEnlarged, longSide / Math.max(width, height))
  const [w = 1, h = 1] = [width, height].map(side => Math.max(1, Math.round(side * scale)))
  return readBitmap(bytes, { left: 0, top: 0, width, height }, w, h, tick)
}

/** PNG without metadata: the same pixels always give the same bytes. */
export async function writePng(bitmap: Bitmap, tick: Tick): Promise<Buffer> {
  const data = toRgb(bitmap, part(tick, 0, 0.3))
  const { width, height } = bitmap
  const png = await sharp(data, { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: 6 })
    .toBuffer()
  tick(1)
  return png
}
