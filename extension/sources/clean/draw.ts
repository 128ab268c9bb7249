import { blurParts } from '../edit/blur.ts'
import { type Edits, noEdits } from '../edit/edits.ts'
import { type Placing, placeIn } from '../edit/placing.ts'
import { isWhole } from '../edit/rect.ts'
import { contextOf } from './canvas.ts'
import { type DecodedPicture, decodePicture } from './decode.ts'
import { encodeDrawn, hasTransparency } from './encoding.ts'
import { maxUploadBytes, thumbnailSide } from './fit.ts'

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

/**
 * Draws what is kept. It is cut before it is scaled: smoothing would mix what lies beyond the edge into the last row of
 * pixels. Cut by a canvas, because Chrome cuts the bitmap of a photograph taken on its side before it turns it upright.
 */
const drawCut = (context: OffscreenCanvasRenderingContext2D, bitmap: ImageBitmap, { cut, out }: Placing) => {
  if (isWhole(cut, bitmap)) return context.drawImage(bitmap, 0, 0, out.width, out.height)
  const part = contextOf(new OffscreenCanvas(cut.width, cut.height))
  part.drawImage(bitmap, -cut.x, -cut.y)
  context.drawImage(part.canvas, 0, 0, out.width, out.height)
}

/** Draws at most `maxSide` long and encodes anew: place, camera and every other hidden note stay behind. */
const redraw = async (picture: DecodedPicture, maxSide: number, edits: Edits): Promise<CleanPicture> => {
  const placing = placeIn(picture, edits, maxSide)
  const { width, height } = placing.out
  const canvas = new OffscreenCanvas(width, height)
  const context = contextOf(canvas)
  drawCut(context, picture.bitmap, placing)
  const hasAlpha = picture.format !== 'jpeg' && hasTransparency(context.getImageData(0, 0, width, height).data)
  blurParts(context, edits.blurs, placing, !hasAlpha)
  const drawn = { format: picture.format, hasAlpha, maxBytes: maxUploadBytes }
  const blob = await encodeDrawn(drawn, (type, quality) =>
    canvas.convertToBlob(quality === undefined ? { type } : { type, quality }),
  )
  return { blob, width, height }
}

/** The copy that may leave the device: edited, scaled to what the model uses, without metadata. */
export const cleanPicture = async (
  original: Blob,
  drawn: ImageBitmap | null,
  maxSide: number,
  edits: Edits,
): Promise<CleanPicture> => {
  const picture = await decodePicture(original, drawn)
  try {
    return await redraw(picture, maxSide, edits)
  } finally {
    picture.bitmap.close()
  }
}

/** Opens a picture once to be sure that it is one, and tells what the panel shows of it. */
export const readFacts = async (original: Blob, drawn: ImageBitmap | null): Promise<PictureFacts> => {
  const picture = await decodePicture(original, drawn)
  try {
    const { width, height, animated } = picture
    return { width, height, animated, thumbnail: (await redraw(picture, thumbnailSide, noEdits)).blob }
  } finally {
    picture.bitmap.close()
  }
}
