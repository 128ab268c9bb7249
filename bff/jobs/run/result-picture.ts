import sharp from 'sharp'
import { ProblemError } from '../../contract/problems.ts'

/** What is kept of a result besides its own bytes. */
export interface ResultPicture {
  mime: string
  width: number
  height: number
  /** WebP, at most 384 pixels on a side. */
  thumbnail: Buffer
}

const maxBytes = 32 * 1024 * 1024
const maxPixels = 100_000_000
const thumbnailSide = 384
const mimes: Record<string, string> = { png: 'image/png', jpeg: 'image/jpeg', webp: 'image/webp' }

/**
 * Looks at what a provider sent: one whole PNG, JPEG or WebP picture of a sensible size, else throws provider_failed.
 * The bytes decide, not what the provider says they are; they are never changed.
 */
export async function readResult(bytes: Buffer): Promise<ResultPicture> {
  if (bytes.length === 0 || bytes.length > maxBytes) throw new ProblemError('provider_failed')
  try {
    const image = sharp(bytes, { limitInputPixels: maxPixels, failOn: 'warning' })
    const { format, width, height, pages = 1 } = await image.metadata()
    const mime = mimes[format]
    if (!mime || pages > 1) throw new ProblemError('provider_failed')
    const thumbnail = await image
      .resize(thumbnailSide, thumbnailSide, { fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 80 })
      .toBuffer()
    return { mime, width, height, thumbnail }
  } catch {
    throw new ProblemError('provider_failed')
  }
}
