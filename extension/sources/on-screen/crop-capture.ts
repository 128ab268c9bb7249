import type { PagePlace } from '../../picking/protocol.ts'
import { contextOf } from '../clean/canvas.ts'
import { headerDimensions } from '../inspect/dimensions.ts'
import { cutOf } from './cut.ts'

export interface Crop {
  blob: Blob
  /** A part of the picture was out of sight. */
  isPartly: boolean
}

/** By hand: a fetch of the capture would be a request that holds the whole window. */
const bytesOf = (dataUrl: string) =>
  Uint8Array.from(atob(dataUrl.slice(dataUrl.indexOf(',') + 1)), character => character.charCodeAt(0))

/**
 * Cuts the picture out of a PNG of the window; the rest is never decoded into anything that outlives this call. Null
 * while nothing of the picture is in sight.
 */
export const cropCapture = async (capture: string, place: PagePlace): Promise<Crop | null> => {
  const bytes = bytesOf(capture)
  const size = headerDimensions(bytes, 'png')
  const cut = size && cutOf(place, size)
  if (!cut) return null
  const { x, y, width, height } = cut.rect
  const part = await createImageBitmap(new Blob([bytes]), x, y, width, height)
  const canvas = new OffscreenCanvas(width, height)
  contextOf(canvas).drawImage(part, 0, 0)
  part.close()
  return { blob: await canvas.convertToBlob({ type: 'image/png' }), isPartly: cut.isPartly }
}
