import { areaOf, largestOf, standingFor } from '../../picking/panel/merge.ts'
import type { LinkedPicture } from '../../picking/panel/page-link.ts'
import { isSameShape } from './shape.ts'
import { sizeless } from './sizeless.ts'

interface Known {
  picture: LinkedPicture
  /** The addresses of what is shown and of the largest that is offered, without their sizes. */
  keys: string[]
  stated: number
}

/** A picture that is not loaded yet has no shape to compare. */
const known = (picture: LinkedPicture): Known[] => {
  const addresses = [sizeless(largestOf(picture)), sizeless(picture)].filter(address => address !== null)
  const [largest] = addresses
  if (!largest || areaOf(picture) === 0) return []
  return [{ picture, keys: [...new Set(addresses.map(({ key }) => key))], stated: largest.stated }]
}

const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0)

/** Two densities of a picture measure the same; then the address tells which is larger, and at last only the order counts. */
const byLargest = (a: Known, b: Known) =>
  areaOf(b.picture) - areaOf(a.picture) ||
  b.stated - a.stated ||
  compare(a.picture.src, b.picture.src) ||
  compare(a.picture.frame, b.picture.frame) ||
  a.picture.id - b.picture.id

/** Rounding to whole pixels shows most in the smaller one. */
const looksAlike = (one: LinkedPicture, other: LinkedPicture) =>
  one.width >= other.width ? isSameShape(one, other) : isSameShape(other, one)

/**
 * The pictures in their order, each once: of several sizes of one picture only the largest, which knows where the others
 * are. What is not sure stays.
 */
export function foldSizes(pictures: readonly LinkedPicture[]): LinkedPicture[] {
  const groups = new Map<string, Set<LinkedPicture>>()
  const copies = new Map<LinkedPicture, LinkedPicture[]>()
  for (const { picture, keys } of pictures.flatMap(known).sort(byLargest)) {
    const candidates = keys.flatMap(key => [...(groups.get(key) ?? [])])
    const kept = candidates.find(larger => looksAlike(larger, picture)) ?? picture
    if (kept === picture) copies.set(picture, [])
    else copies.get(kept)?.push(picture)
    // A smaller one may be known by another address than the largest is.
    for (const key of keys) groups.set(key, (groups.get(key) ?? new Set()).add(kept))
  }
  const folded = new Set([...copies.values()].flat())
  return pictures
    .filter(picture => !folded.has(picture))
    .map(picture => (copies.get(picture) ?? []).reduce(standingFor<LinkedPicture>, picture))
}
