import { ReadError } from '../readers/read-error.ts'
import { maxPixels } from './fit.ts'

/** Long side given to a drawing that states no size of its own. */
const fallbackSide = 1024

/**
 * Draws an SVG. createImageBitmap refuses its bytes and a worker has no <img>, where alone it can be drawn; neither
 * script nor outside file runs there.
 */
export const drawSvg = async (blob: Blob): Promise<ImageBitmap> => {
  const url = URL.createObjectURL(blob.slice(0, blob.size, 'image/svg+xml'))
  try {
    const image = new Image()
    image.src = url
    await image.decode()
    const width = image.naturalWidth || fallbackSide
    const height = image.naturalHeight || fallbackSide
    if (width * height > maxPixels) throw new ReadError('too_many_pixels')
    return await createImageBitmap(image, { resizeWidth: width, resizeHeight: height })
  } catch (error) {
    throw error instanceof ReadError ? error : new ReadError('undecodable')
  } finally {
    URL.revokeObjectURL(url)
  }
}
