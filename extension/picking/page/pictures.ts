import { type PagePicture, type PagePlace, pagePictureLimits } from '../protocol.ts'
import { byReadingOrder, isInView } from './geometry.ts'
import { offersOf } from './offers.ts'
import type { Root } from './roots.ts'
import { scheme } from './scheme.ts'
import type { Candidate } from './srcset.ts'

/**
 * By id, counted from 1: a picture keeps its id while the panel closes and opens again, and its address although the
 * <img> may show another one since. Nothing here keeps an <img> alive.
 */
export const told: [src: string, image: WeakRef<HTMLImageElement>, larger: string | undefined][] = []

const ids = new WeakMap<HTMLImageElement, Map<string, number>>()

/** What the <img> shows. `currentSrc` of a picture that the page's policy blocks is relative. */
export const addressOf = (image: HTMLImageElement) =>
  [image.currentSrc, image.src].find(address => scheme.test(address))

/** Whether a person sees this picture, or the place it would have; a single pixel is a placeholder or a cover. */
export const isShown = (image: HTMLImageElement) =>
  addressOf(image) &&
  image.naturalWidth !== 1 &&
  image.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })

function idOf(image: HTMLImageElement, src: string): number {
  const known = ids.get(image) ?? new Map<string, number>()
  ids.set(image, known)
  const id = known.get(src) ?? told.push([src, new WeakRef(image), undefined])
  known.set(src, id)
  return id
}

export const findImage = (id: number | null) => told[id! - 1]?.[1].deref() ?? null

const shortened = (src: string) => (src.length > pagePictureLimits.src ? src.match(scheme)![0] : src)

/** In pixels of the file, which the page's layout may scale: by the width that the page states, or by its density. */
function sizeOf({ naturalWidth, naturalHeight }: HTMLImageElement, { w, x }: Partial<Candidate> = {}) {
  const width = w || naturalWidth * (x ?? 1)
  return { width: Math.round(width), height: Math.round(naturalWidth && (width * naturalHeight) / naturalWidth) }
}

/** Of the picture that is shown. */
export const shownSize = (image: HTMLImageElement) => sizeOf(image, offersOf(image, addressOf(image)!)[0])

export function factsOf(image: HTMLImageElement): PagePicture {
  const src = addressOf(image)!
  const alt = image.alt.slice(0, pagePictureLimits.alt).replace(/[\ud800-\udbff]$/, '')
  const [shown, larger] = offersOf(image, src)
  const id = idOf(image, src)
  told[id - 1]![2] = larger?.url
  return {
    id,
    src: shortened(src),
    ...sizeOf(image, shown),
    larger: larger && { src: shortened(larger.url), ...sizeOf(image, larger) },
    ...(alt && { alt }),
  }
}

/** The pictures of a frame that are in its viewport, rendered, and no icons. */
function candidates(roots: readonly Root[]) {
  // Read once: the window's size takes as long as the place of a picture.
  const { innerWidth, innerHeight } = self
  return roots
    .flatMap(root => [...root.querySelectorAll('img')])
    .filter(image => isInView(image.getBoundingClientRect(), innerWidth, innerHeight) && isShown(image))
}

/** The browser's own intersection: it alone knows what scrolling boxes and the frames around this one cut off. */
function intersect(images: readonly HTMLImageElement[], onSeen: IntersectionObserverCallback) {
  const observer = new IntersectionObserver(onSeen)
  for (const image of images) observer.observe(image)
  return observer
}

/** Where a told picture is in the window; known only in the window's own page, as it is without a zoom by fingers. */
export async function placeOf(id: number): Promise<PagePlace | undefined> {
  const image = findImage(id)
  if (!image || parent !== self || visualViewport!.scale !== 1) return
  const entry = await new Promise<IntersectionObserverEntry>(resolve => {
    intersect([image], ([seen], observer) => {
      observer.disconnect()
      resolve(seen!)
    })
  })
  return [entry.boundingClientRect, entry.intersectionRect, innerWidth]
}

/**
 * Lists the pictures a person can see now, in reading order, with one more than may be told where there are more. Calls
 * back when one of them leaves the sight or another one comes: of scrolling around this frame nothing else is told here.
 */
export function createLister(onSight: () => void, signal: AbortSignal) {
  let observer: IntersectionObserver | undefined
  const stop = () => observer?.disconnect()
  signal.addEventListener('abort', stop)

  return async (roots: readonly Root[]): Promise<PagePicture[]> => {
    stop()
    const images = candidates(roots)
    if (!images[0]) return []
    let listed = false
    const entries = await new Promise<IntersectionObserverEntry[]>(resolve => {
      observer = intersect(images, seen => {
        if (listed) onSight()
        listed = true
        resolve(seen)
      })
    })
    return entries
      .filter(entry => entry.isIntersecting)
      .sort((a, b) => byReadingOrder(a.boundingClientRect, b.boundingClientRect))
      .slice(0, pagePictureLimits.count + 1)
      .map(entry => factsOf(entry.target as HTMLImageElement))
  }
}
