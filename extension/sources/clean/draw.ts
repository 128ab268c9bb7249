import { blurParts } from '../edit/blur.ts'
import { type Edits, noEdits } from '../edit/edits.ts'
import { type Placing, placeIn } from '../edit/placing.ts'
import { isWhole } from '../edit/rect.ts'
import { ReadError } from '../readers/read-error.ts'
import { contextOf } from './canvas.ts'
import { type DecodedPicture, decodePicture } from './decode.ts'
import type { DrawnPicture } from './draw-in-document.ts'
import { alphaOf, encodeDrawn } from './encoding.ts'
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
  /** The file is damaged: these are the rows that could be read. */
  isPart: boolean
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

/** The pixels of a picture at most `maxSide` long, edited, and whether anything shines through. */
const draw = (picture: DecodedPicture, maxSide: number, edits: Edits) => {
  const placing = placeIn(picture, edits, maxSide)
  const { width, height } = placing.out
  const context = contextOf(new OffscreenCanvas(width, height))
  drawCut(context, picture.bitmap, placing)
  const alpha = alphaOf(context.getImageData(0, 0, width, height).data)
  // Nobody can want it, and a fault of ours that drew nothing must not be sent and paid for.
  if (alpha === 'empty') throw new ReadError('blank')
  const hasAlpha = picture.format !== 'jpeg' && alpha === 'some'
  blurParts(context, edits.blurs, placing, !hasAlpha)
  return { canvas: context.canvas, width, height, hasAlpha }
}

/** Encodes anew: place, camera and every other hidden note stay behind. */
const redraw = async (picture: DecodedPicture, maxSide: number, edits: Edits): Promise<CleanPicture> => {
  const { canvas, width, height, hasAlpha } = draw(picture, maxSide, edits)
  const drawn = { format: picture.format, hasAlpha, pixels: width * height, maxBytes: maxUploadBytes }
  const blob = await encodeDrawn(drawn, (type, quality) =>
    canvas.convertToBlob(quality === undefined ? { type } : { type, quality }),
  )
  return { blob, width, height }
}

/** The copy that may leave the device: edited, scaled to what the model uses, without metadata. */
export const cleanPicture = async (
  original: Blob,
  drawn: DrawnPicture | null,
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
export const readFacts = async (original: Blob, drawn: DrawnPicture | null): Promise<PictureFacts> => {
  const picture = await decodePicture(original, drawn)
  try {
    const { width, height, animated, isPart } = picture
    return { width, height, animated, isPart, thumbnail: (await redraw(picture, thumbnailSide, noEdits)).blob }
  } finally {
    picture.bitmap.close()
  }
}
