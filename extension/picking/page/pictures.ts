import { type PagePicture, pagePictureLimits } from '../../platform/messages.ts'
import { byReadingOrder, isInView } from './geometry.ts'
import type { Root } from './roots.ts'

// A picture keeps its id while the panel closes and opens again. Nothing here keeps an <img> alive.
const ids = new WeakMap<HTMLImageElement, Map<string, number>>()
const told: WeakRef<HTMLImageElement>[] = []

export const addressOf = (image: HTMLImageElement) => image.currentSrc || image.src

function idOf(image: HTMLImageElement): number {
  const known = ids.get(image) ?? new Map<string, number>()
  const src = addressOf(image)
  const id = known.get(src) ?? told.push(new WeakRef(image))
  ids.set(image, known.set(src, id))
  return id
}

export const findImage = (id: number | null) => (id && told[id - 1]?.deref()) || null

/** The address an <img> had when it was told under this id; it may show another picture since. */
export const addressTold = (image: HTMLImageElement, id: number) =>
  [...ids.get(image)!].find(([, known]) => known === id)![0]

export function factsOf(image: HTMLImageElement): PagePicture {
  const src = addressOf(image)
  const alt = image.alt.slice(0, pagePictureLimits.alt)
  return {
    id: idOf(image),
    src: src.length > pagePictureLimits.src ? src.slice(0, src.indexOf(':') + 1) : src,
    width: image.naturalWidth,
    height: image.naturalHeight,
    ...(alt && { alt }),
  }
}

/** The pictures of a frame that are in its viewport, rendered, and no icons. */
const candidates = (roots: readonly Root[]) =>
  roots
    .flatMap(root => [...root.querySelectorAll('img')])
    .filter(
      image =>
        isInView(image.getBoundingClientRect(), innerWidth, innerHeight) &&
        addressOf(image) &&
        image.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }),
    )

/**
 * The pictures a person can see now, in reading order. The browser's own intersection is asked last: it alone knows what
 * scrolling boxes and the frames around this one cut off.
 */
export async function visiblePictures(roots: readonly Root[]): Promise<PagePicture[]> {
  const images = candidates(roots)
  if (!images[0]) return []
  const entries = await new Promise<IntersectionObserverEntry[]>(resolve => {
    const observer = new IntersectionObserver(seen => {
      observer.disconnect()
      resolve(seen)
    })
    for (const image of images) observer.observe(image)
  })
  return entries
    .filter(entry => entry.isIntersecting)
    .sort((a, b) => byReadingOrder(a.boundingClientRect, b.boundingClientRect))
    .slice(0, pagePictureLimits.count)
    .map(entry => factsOf(entry.target as HTMLImageElement))
}
