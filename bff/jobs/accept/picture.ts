import sharp, { type Metadata } from 'sharp'
import { ProblemError } from '../../contract/problems.ts'
import type { SourcePicture } from '../../providers/provider.ts'
import { type PictureKind, pictureKind } from '../../providers/shared/file-kind.ts'
import { isAnimated } from './animation.ts'

/** Limits of one picture, as it arrives. */
export const maxPictureBytes = 10 * 1024 * 1024
const maxPixels = 50_000_000
const minSide = 16

/** A PNG stays PNG up to this many pixels: small ones are drawings and screenshots, where JPEG shows. */
const smallPixels = 1_000_000

export type CheckedPicture = Omit<SourcePicture, 'role' | 'weight'>

export interface CheckOptions {
  /** Long side the model uses; larger pictures are scaled down. */
  maxSide: number
}

/**
 * Turns bytes from outside into a picture we made ourselves: decoded once, upright, sRGB, without metadata, at most
 * `maxSide`. Throws ProblemError for everything else. The declared content type and name are never looked at.
 */
export async function checkPicture(bytes: Buffer, { maxSide }: CheckOptions): Promise<CheckedPicture> {
  if (bytes.length > maxPictureBytes) throw new ProblemError('picture_too_large')
  const kind = pictureKind(bytes)
  if (!kind) throw new ProblemError('picture_not_accepted')
  if (isAnimated(bytes, kind)) throw new ProblemError('picture_animated')
  const header = await readHeader(bytes, kind)
  if (header.width * header.height > maxPixels) throw new ProblemError('picture_too_many_pixels')
  if (Math.min(header.width, header.height) < minSide) throw new ProblemError('picture_too_small')
  if ((header.pages ?? 1) > 1) throw new ProblemError('picture_animated')
  return reencode(bytes, header, maxSide)
}

/** Size and kind from the first bytes, without decoding. */
async function readHeader(bytes: Buffer, kind: PictureKind): Promise<Metadata> {
  const header = await orDamaged(sharp(bytes, { limitInputPixels: false }).metadata())
  if (header.format !== kind) throw new ProblemError('picture_damaged')
  return header
}

async function reencode(bytes: Buffer, header: Metadata, maxSide: number): Promise<CheckedPicture> {
  // failOn is sharp's strictest: a file that is cut off or has impossible values does not become a grey half-picture.
  const picture = sharp(bytes, { failOn: 'warning', limitInputPixels: maxPixels })
    .autoOrient()
    .resize({ width: maxSide, height: maxSide, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
  const small = header.width * header.height <= smallPixels
  const asPng = header.hasAlpha || (header.format === 'png' && small)
  const encoder = asPng ? picture.png() : picture.jpeg({ quality: 95, chromaSubsampling: '4:4:4' })
  const { data, info } = await orDamaged(encoder.toBuffer({ resolveWithObject: true }))
  return { bytes: data, mime: asPng ? 'image/png' : 'image/jpeg', width: info.width, height: info.height }
}

/** A decoder's complaint says nothing a person could use. */
async function orDamaged<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch {
    throw new ProblemError('picture_damaged')
  }
}
