import type { LinkedPicture } from '../../picking/page-link.ts'
import { isSameShape } from './shape.ts'
import { sizeless } from './sizeless.ts'

const area = ({ width, height }: LinkedPicture) => width * height

/** The pictures in their order, each once: of several sizes of one picture only the largest. What is not sure stays. */
export function foldSizes(pictures: readonly LinkedPicture[]): LinkedPicture[] {
  const kept = new Map<string, LinkedPicture[]>()
  const folded = new Set<LinkedPicture>()
  const largestFirst = pictures
    .flatMap(picture => {
      const address = sizeless(picture)
      // A picture that is not loaded yet has no shape to compare.
      return address && area(picture) > 0 ? [{ picture, ...address }] : []
    })
    // Two densities of a picture measure the same; then the address tells which is larger.
    .sort((a, b) => area(b.picture) - area(a.picture) || b.stated - a.stated)
  for (const { picture, key } of largestFirst) {
    const group = kept.get(key) ?? []
    if (group.some(larger => isSameShape(larger, picture))) folded.add(picture)
    else kept.set(key, [...group, picture])
  }
  return pictures.filter(picture => !folded.has(picture))
}
