import { ReadError } from '../readers/read-error.ts'
import { drawingSide, maxPixels } from './fit.ts'

/** What an <img> shows of a file. */
export interface DrawnPicture {
  bitmap: ImageBitmap
  /** The file ends before the picture does; the bitmap holds the rows that could be read. */
  isPart: boolean
}

/** A canvas that holds what is drawn as it is on the page; read once, so on the CPU. */
const contextFor = (width: number, height: number) => {
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('There is no 2d canvas.')
  context.imageSmoothingQuality = 'high'
  return context
}

const load = async (blob: Blob) => {
  const url = URL.createObjectURL(blob)
  const image = new Image()
  image.src = url
  try {
    await image.decode()
    return image
  } catch {
    return null
  } finally {
    // The picture is held by the element from here on.
    URL.revokeObjectURL(url)
  }
}

const asType = (blob: Blob, type: string) => blob.slice(0, blob.size, type)

/** Only under its own type is a drawing taken for one; where our look at its beginning fails, Chrome may still see one. */
const loadDrawing = async (blob: Blob) =>
  (await blob.slice(0, 65_536).text()).includes('<svg') ? load(asType(blob, 'image/svg+xml')) : null

/** A drawing has no pixels: it is drawn as large as any model uses. One without a shape of its own is a square. */
const sizeOfDrawing = ({ naturalWidth, naturalHeight }: HTMLImageElement) => {
  const [width, height] = naturalWidth > 0 && naturalHeight > 0 ? [naturalWidth, naturalHeight] : [1, 1]
  const scale = drawingSide / Math.max(width, height)
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

const strip = 64

/** How many rows from the top hold anything: below them a file that was cut off leaves nothing at all. */
const readRows = (context: OffscreenCanvasRenderingContext2D) => {
  const { width, height } = context.canvas
  for (let end = height; end > 0; end -= strip) {
    const top = Math.max(0, end - strip)
    const { data } = context.getImageData(0, top, width, end - top)
    const last = data.findLastIndex((value, at) => at % 4 === 3 && value !== 0)
    if (last >= 0) return top + Math.floor(last / 4 / width) + 1
  }
  return 0
}

/**
 * Draws a file as a page shows it, by an <img>: drawings, which are refused elsewhere; HDR pictures, which
 * createImageBitmap makes darker; damaged files, of which Chrome shows what it could read. Neither script nor outside file
 * runs there. Null: Chrome itself sees no picture.
 */
export const drawInDocument = async (blob: Blob): Promise<DrawnPicture | null> => {
  const image = await load(asType(blob, ''))
  const drawing = image ? null : await loadDrawing(blob)
  const shown = image ?? drawing
  if (!shown) return null
  const size = drawing ? sizeOfDrawing(drawing) : { width: shown.naturalWidth, height: shown.naturalHeight }
  if (size.width * size.height > maxPixels) throw new ReadError('too_many_pixels')
  const context = contextFor(size.width, size.height)
  // With createImageBitmap and a size, a drawing that states none would silently become nothing.
  context.drawImage(shown, 0, 0, size.width, size.height)
  const rows = drawing ? size.height : readRows(context)
  if (rows === 0 || rows === size.height) return { bitmap: context.canvas.transferToImageBitmap(), isPart: false }
  const part = contextFor(size.width, rows)
  part.drawImage(context.canvas, 0, 0)
  return { bitmap: part.canvas.transferToImageBitmap(), isPart: true }
}
