import { ReadError } from '../ladder/read-error.ts'
import { isAnimated } from '../picture/animation.ts'
import { type Dimensions, headerDimensions } from '../picture/dimensions.ts'
import { type PictureFormat, sniffFormat } from '../picture/sniff.ts'
import { sizeFailure } from './fit.ts'

export interface DecodedPicture extends Dimensions {
  format: PictureFormat
  animated: boolean
  image: CanvasImageSource
  close(): void
}

/** Long side given to a drawing that states no size of its own. */
const svgFallbackSide = 1024

/** createImageBitmap refuses SVG blobs, so drawings go through an <img>, where neither script nor outside file runs. */
const decodeSvg = async (blob: Blob) => {
  const url = URL.createObjectURL(blob.slice(0, blob.size, 'image/svg+xml'))
  try {
    const image = new Image()
    image.src = url
    await image.decode()
    const width = image.naturalWidth || svgFallbackSide
    const height = image.naturalHeight || svgFallbackSide
    return { image, width, height, close: () => {} }
  } finally {
    URL.revokeObjectURL(url)
  }
}

/** Turned upright as the camera meant it; of a moving picture the first frame. */
const decodeBitmap = async (blob: Blob) => {
  const image = await createImageBitmap(blob, { imageOrientation: 'from-image' })
  return { image, width: image.width, height: image.height, close: () => image.close() }
}

const assertSize = (size: Dimensions) => {
  const failure = sizeFailure(size)
  if (failure) throw new ReadError(failure)
}

/** Opens a picture for drawing, or throws a ReadError with the reason; sizes are checked before anything is decoded. */
export const decodePicture = async (blob: Blob): Promise<DecodedPicture> => {
  const bytes = new Uint8Array(await blob.arrayBuffer())
  const format = sniffFormat(bytes)
  if (!format) throw new ReadError('not_a_picture')
  const stated = headerDimensions(bytes, format)
  if (stated) assertSize(stated)
  try {
    const decoded = await (format === 'svg' ? decodeSvg(blob) : decodeBitmap(blob))
    assertSize(decoded)
    return { ...decoded, format, animated: isAnimated(bytes, format) }
  } catch (error) {
    throw error instanceof ReadError ? error : new ReadError('undecodable')
  }
}
