import { isAnimated } from '../inspect/animation.ts'
import { type Dimensions, headerDimensions } from '../inspect/dimensions.ts'
import { type PictureFormat, sniffFormat } from '../inspect/sniff.ts'
import { ReadError } from '../readers/read-error.ts'
import { sizeFailure } from './fit.ts'

export interface DecodedPicture extends Dimensions {
  format: PictureFormat
  animated: boolean
  bitmap: ImageBitmap
}

const assertSize = (size: Dimensions) => {
  const failure = sizeFailure(size)
  if (failure) throw new ReadError(failure)
}

/**
 * Opens a picture for drawing, or throws a ReadError with the reason; sizes are checked before anything is decoded.
 * `drawn` is the picture of an SVG, which only a document can draw.
 */
export const decodePicture = async (blob: Blob, drawn: ImageBitmap | null): Promise<DecodedPicture> => {
  const bytes = new Uint8Array(await blob.arrayBuffer())
  const format = sniffFormat(bytes)
  if (!format) throw new ReadError('not_a_picture')
  const stated = headerDimensions(bytes, format)
  if (stated) assertSize(stated)
  const bitmap = drawn ?? (await decodeBitmap(blob))
  assertSize(bitmap)
  const { width, height } = bitmap
  return { width, height, format, animated: isAnimated(bytes, format), bitmap }
}

/** Turned upright as the camera meant it; of a moving picture the first frame. */
const decodeBitmap = async (blob: Blob) => {
  try {
    return await createImageBitmap(blob, { imageOrientation: 'from-image' })
  } catch {
    throw new ReadError('undecodable')
  }
}
