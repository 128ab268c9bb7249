import { scheme } from './scheme.ts'
import { type Candidate, candidatesOf } from './srcset.ts'

/** Resolved as the page would; a <source> without a <video> never loads anything. */
function absolute(url: string): string {
  const source = document.createElement('source')
  source.src = url
  return source.src
}

const offeredBy = ({ srcset }: HTMLImageElement | HTMLSourceElement) =>
  candidatesOf(srcset).map(each => ({ ...each, url: absolute(each.url) }))

/** The pictures among which the browser chose the shown one, and those of the same <picture> in other formats. */
function poolOf(image: HTMLImageElement, shown: string): Candidate[] {
  const own = [...offeredBy(image), { url: image.src, w: 0, x: 1 }]
  const { parentElement: parent } = image
  if (parent?.localName === 'picture')
    for (const source of parent.children) {
      if (source === image) break
      if (!(source instanceof HTMLSourceElement) || !matchMedia(source.media).matches) continue
      const offered = offeredBy(source)
      // A source for some screens only may show another part of the picture than the <img> does.
      if (offered.some(({ url }) => url === shown)) return source.media ? offered : [...offered, ...own]
    }
  return own
}

/**
 * What the page says about the shown picture, and the largest one it offers in its place, if there is a larger one: by
 * width where the shown one has a width, else by density.
 */
export function offersOf(image: HTMLImageElement, shown: string): [shown?: Candidate, larger?: Candidate] {
  const pool = image.srcset || image.parentElement?.localName === 'picture' ? poolOf(image, shown) : []
  const current = pool.find(({ url }) => url === shown)
  if (!current) return []
  const size = ({ url, w, x }: Candidate) => (!scheme.test(url) || (w && !current.w) ? 0 : current.w ? w : x)
  const largest = pool.reduce((best, each) => (size(each) > size(best) ? each : best), current)
  return largest === current ? [current] : [current, largest]
}
