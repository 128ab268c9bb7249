import type { DecodedPicture } from './decode.ts'
import { decodePicture } from './decode.ts'
import { encodeDrawn, hasTransparency } from './encoding.ts'
import { fitWithin, maxUploadBytes } from './fit.ts'

export interface CleanPicture {
  blob: Blob
  width: number
  height: number
}

/** Draws at most `maxSide` long and encodes anew: place, camera and every other hidden note stay behind. */
const redraw = async (picture: DecodedPicture, maxSide: number, maxBytes: number): Promise<CleanPicture> => {
  const { width, height } = fitWithin(picture, maxSide)
  const canvas = new OffscreenCanvas(width, height)
  // Read back and drawn on the CPU, so that the same picture gives the same bytes when a request is repeated.
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('2d canvas is not available')
  context.imageSmoothingQuality = 'high'
  context.drawImage(picture.image, 0, 0, width, height)
  const hasAlpha = picture.format !== 'jpeg' && hasTransparency(context.getImageData(0, 0, width, height).data)
  const blob = await encodeDrawn({ format: picture.format, hasAlpha, maxBytes }, (type, quality) =>
    canvas.convertToBlob(quality === undefined ? { type } : { type, quality }),
  )
  return { blob, width, height }
}

/** The copy that may leave the device: scaled to what the model uses, without metadata. */
export const cleanPicture = async (original: Blob, maxSide: number): Promise<CleanPicture> => {
  const picture = await decodePicture(original)
  try {
    return await redraw(picture, maxSide, maxUploadBytes)
  } finally {
    picture.close()
  }
}

/** Enough for a 92 px slot on a dense display. */
const thumbnailSide = 256

/** A small copy for the panel itself, with the facts of the original. */
export const readFacts = async (original: Blob) => {
  const picture = await decodePicture(original)
  try {
    const { width, height, animated } = picture
    const thumbnail = (await redraw(picture, thumbnailSide, maxUploadBytes)).blob
    return { width, height, animated, thumbnail }
  } finally {
    picture.close()
  }
}
