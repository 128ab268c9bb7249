import { type DecodedPicture, decodePicture } from './decode.ts'
import { encodeDrawn, hasTransparency } from './encoding.ts'
import { fitWithin, maxUploadBytes } from './fit.ts'

export interface CleanPicture {
  blob: Blob
  width: number
  height: number
}

export interface PictureFacts {
  width: number
  height: number
  animated: boolean
  /** A small copy for the panel itself. */
  thumbnail: Blob
}

/** Draws at most `maxSide` long and encodes anew: place, camera and every other hidden note stay behind. */
const redraw = async (picture: DecodedPicture, maxSide: number): Promise<CleanPicture> => {
  const { width, height } = fitWithin(picture, maxSide)
  const canvas = new OffscreenCanvas(width, height)
  // Read back and drawn on the CPU, so that the same picture gives the same bytes when a request is repeated.
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('There is no 2d canvas.')
  context.imageSmoothingQuality = 'high'
  context.drawImage(picture.bitmap, 0, 0, width, height)
  const hasAlpha = picture.format !== 'jpeg' && hasTransparency(context.getImageData(0, 0, width, height).data)
  const drawn = { format: picture.format, hasAlpha, maxBytes: maxUploadBytes }
  const blob = await encodeDrawn(drawn, (type, quality) =>
    canvas.convertToBlob(quality === undefined ? { type } : { type, quality }),
  )
  return { blob, width, height }
}

/** The copy that may leave the device: scaled to what the model uses, without metadata. */
export const cleanPicture = async (
  original: Blob,
  drawn: ImageBitmap | null,
  maxSide: number,
): Promise<CleanPicture> => {
  const picture = await decodePicture(original, drawn)
  try {
    return await redraw(picture, maxSide)
  } finally {
    picture.bitmap.close()
  }
}

/** Enough for a 92 px slot on a dense display. */
const thumbnailSide = 256

/** Opens a picture once to be sure that it is one, and tells what the panel shows of it. */
export const readFacts = async (original: Blob, drawn: ImageBitmap | null): Promise<PictureFacts> => {
  const picture = await decodePicture(original, drawn)
  try {
    const { width, height, animated } = picture
    return { width, height, animated, thumbnail: (await redraw(picture, thumbnailSide)).blob }
  } finally {
    picture.bitmap.close()
  }
}
