import { addressOf, findImage, told } from './pictures.ts'

const longest = 32 * 1024 * 1024

/** As the page itself would load it: its own site's cookies and Referer, often from its cache; the original bytes. */
async function load(src: string, signal: AbortSignal): Promise<Blob> {
  const response = await fetch(src, { credentials: 'same-origin', cache: 'force-cache', signal })
  let size = 0
  const limit = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, stream) {
      size += chunk.length
      // Some answers never end.
      if (size > longest) throw src
      stream.enqueue(chunk)
    },
  })
  const blob = await new Response(response.body!.pipeThrough(limit), response).blob()
  // A sign-in page answers 200 as well.
  if (!response.ok || /^text/.test(blob.type)) throw src
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

/**
 * The bytes of a told picture, or of the larger one offered in its place, as a data: URL because ports carry JSON; null
 * when this frame may not read them.
 */
export async function readPicture(
  { id, larger }: { id: number; larger?: boolean | undefined },
  signal: AbortSignal,
): Promise<string | null> {
  try {
    const image = findImage(id)!
    const [shown, , offered] = told[id - 1]!
    const src = larger ? offered : shown
    if (!src) return null
    // The <img> may show another picture by now, or half of one.
    const blob = await load(src, signal).catch<Blob | false>(
      () => !larger && addressOf(image) === src && image.complete && copyPixels(image),
    )
    return blob && blob.size <= longest ? await toDataUrl(blob) : null
  } catch {
    return null
  }
}
