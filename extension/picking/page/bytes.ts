import { addressOf, addressTold, findImage } from './pictures.ts'

const longest = 32 * 1024 * 1024

/** As the page itself would load it: its own site's cookies and Referer, often from its cache; the original bytes. */
async function load(src: string, signal: AbortSignal): Promise<Blob> {
  const response = await fetch(src, { credentials: 'same-origin', cache: 'force-cache', signal })
  const blob = await response.blob()
  // A sign-in page answers 200 as well.
  if (!response.ok || blob.type.startsWith('text/')) throw src
  return blob
}

/** The pixels on the page, encoded anew; Chrome refuses when they came from elsewhere without that site's leave. */
function copyPixels(image: HTMLImageElement): Promise<Blob> {
  const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight)
  canvas.getContext('2d')!.drawImage(image, 0, 0)
  return canvas.convertToBlob()
}

const toDataUrl = (blob: Blob) =>
  new Promise<string | null>(resolve => {
    const reader = new FileReader()
    reader.onloadend = () => resolve(reader.result as string | null)
    reader.readAsDataURL(blob)
  })

/** The bytes of a told picture, as a data: URL because ports carry JSON; null when this frame may not read them. */
export async function readPicture(id: number, signal: AbortSignal): Promise<string | null> {
  try {
    const image = findImage(id)!
    const src = addressTold(image, id)
    const blob = await load(src, signal).catch(reason => {
      // The <img> may show another picture by now.
      if (addressOf(image) !== src) throw reason
      return copyPixels(image)
    })
    return blob.size > longest ? null : await toDataUrl(blob)
  } catch {
    return null
  }
}
