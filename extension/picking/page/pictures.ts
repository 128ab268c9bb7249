import { type PagePicture, type PagePlace, pagePictureLimits } from '../../platform/messages.ts'
import { byReadingOrder, isInView } from './geometry.ts'
import type { Root } from './roots.ts'

/**
 * By id, counted from 1: a picture keeps its id while the panel closes and opens again, and its address although the
 * <img> may show another one since. Nothing here keeps an <img> alive.
 */
export const told: [src: string, image: WeakRef<HTMLImageElement>][] = []

/** The schemes that the panel accepts: it refuses a whole list for one other address. */
const scheme = /^(https?|data|blob|file):/

/** What the <img> shows. `currentSrc` of a picture that the page's policy blocks is relative. */
export const addressOf = (image: HTMLImageElement) =>
  [image.currentSrc, image.src].find(address => scheme.test(address))

/** Whether a person sees this picture, or the place it would have; a single pixel is a placeholder or a cover. */
export const isShown = (image: HTMLImageElement) =>
  addressOf(image) &&
  image.naturalWidth !== 1 &&
  image.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })

function idOf(image: HTMLImageElement, src: string): number {
  const index = told.findIndex(([known, ref]) => known === src && ref.deref() === image)
  return index + 1 || told.push([src, new WeakRef(image)])
}

export const findImage = (id: number | null) => told[id! - 1]?.[1].deref() ?? null

export function factsOf(image: HTMLImageElement): PagePicture {
  const src = addressOf(image)!
  const alt = image.alt.slice(0, pagePictureLimits.alt)
  return {
    id: idOf(image, src),
    src: src.length > pagePictureLimits.src ? src.match(scheme)![0] : src,
    width: image.naturalWidth,
    height: image.naturalHeight,
    ...(alt && { alt }),
  }
}

/** The pictures of a frame that are in its viewport, rendered, and no icons. */
const candidates = (roots: readonly Root[]) =>
  roots
    .flatMap(root => [...root.querySelectorAll('img')])
    .filter(image => isInView(image.getBoundingClientRect(), innerWidth, innerHeight) && isShown(image))

/** The browser's own intersection: it alone knows what scrolling boxes and the frames around this one cut off. */
const intersect = (images: readonly HTMLImageElement[]) =>
  new Promise<IntersectionObserverEntry[]>(resolve => {
    const observer = new IntersectionObserver(seen => {
      observer.disconnect()
      resolve(seen)
    })
    for (const image of images) observer.observe(image)
  })

/** Where a told picture is in the window; known only in the window's own page, as it is without a zoom by fingers. */
export async function placeOf(id: number): Promise<PagePlace | undefined> {
  const image = findImage(id)
  const [entry] = image && parent === self && visualViewport!.scale === 1 ? await intersect([image]) : []
  return entry && [entry.boundingClientRect, entry.intersectionRect, innerWidth]
}

/** The pictures a person can see now, in reading order. */
export async function visiblePictures(roots: readonly Root[]): Promise<PagePicture[]> {
  const images = candidates(roots)
  if (!images[0]) return []
  const entries = await intersect(images)
  return entries
    .filter(entry => entry.isIntersecting)
    .sort((a, b) => byReadingOrder(a.boundingClientRect, b.boundingClientRect))
    .slice(0, pagePictureLimits.count)
    .map(entry => factsOf(entry.target as HTMLImageElement))
}
