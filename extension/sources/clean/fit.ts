import type { Dimensions } from '../inspect/dimensions.ts'

/** Limits of what the backend accepts; told before anything is uploaded. */
export const minSide = 16
export const maxPixels = 50_000_000
/** Long side at which a drawing, which has no pixels of its own, is opened: as large as any model uses a picture. */
export const drawingSide = 2048
export const maxUploadBytes = 10 * 1024 * 1024

/** Long side of the small copy in a slot: enough for 92 px on a dense display. */
export const thumbnailSide = 256

/** Why a picture of this size cannot be used, or null. */
export const sizeFailure = ({ width, height }: Dimensions): 'too_small' | 'too_many_pixels' | null => {
  if (Math.min(width, height) < minSide) return 'too_small'
  return width * height > maxPixels ? 'too_many_pixels' : null
}

/** The largest size of the same shape whose long side is at most `maxSide`; never larger than the picture. */
export const fitWithin = ({ width, height }: Dimensions, maxSide: number): Dimensions => {
  const scale = Math.min(1, maxSide / Math.max(width, height))
  const side = (length: number) => Math.max(1, Math.round(length * scale))
  return { width: side(width), height: side(height) }
}
