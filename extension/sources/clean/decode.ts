import { isAnimated } from '../inspect/animation.ts'
import { type Dimensions, headerDimensions } from '../inspect/dimensions.ts'
import { type PictureFormat, sniffFormat } from '../inspect/sniff.ts'
import { ReadError } from '../readers/read-error.ts'
import type { DrawnPicture } from './draw-in-document.ts'
import { sizeFailure } from './fit.ts'

export interface DecodedPicture extends Dimensions {
  /** Null where only Chrome knows what it is. */
  format: PictureFormat | null
  animated: boolean
  isPart: boolean
  bitmap: ImageBitmap
}

const assertSize = (size: Dimensions) => {
  const failure = sizeFailure(size)
  if (failure) throw new ReadError(failure)
}

/**
 * Opens a picture for drawing, or throws a ReadError with the reason; sizes are checked before anything is decoded, where
 * the header tells them. Whether it is a picture is for Chrome to say. `drawn` is what the document made of it.
 */
export const decodePicture = async (blob: Blob, drawn: DrawnPicture | null): Promise<DecodedPicture> => {
  const bytes = new Uint8Array(await blob.arrayBuffer())
  const format = sniffFormat(bytes)
  const stated = format && headerDimensions(bytes, format)
  if (stated) assertSize(stated)
  const { bitmap, isPart } = drawn ?? { bitmap: await decodeBitmap(blob), isPart: false }
  assertSize(bitmap)
  const { width, height } = bitmap
  return { width, height, format, animated: format !== null && isAnimated(bytes, format), isPart, bitmap }
}

/** Turned upright as the camera meant it; of a moving picture the first frame. */
const decodeBitmap = async (blob: Blob) => {
  try {
    return await createImageBitmap(blob, { imageOrientation: 'from-image' })
  } catch {
    throw new ReadError('undecodable')
  }
}
