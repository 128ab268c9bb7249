import type { Bitmap } from './bitmap.ts'
import { createRandom } from './noise.ts'
import type { Lab } from './oklab.ts'

/** Pixels looked at; more would not change the colours found. */
const samples = 6000
const rounds = 10

/** Colour counts more than lightness: a small thing of another colour is worth an ink of its own. */
const hueWeight = 3

/** The `count` colours that stand best for a picture (k-means in Oklab), darkest first. Fewer when it has fewer. */
export function mainColours({ l, a, b }: Bitmap, count: number, seed: number): Lab[] {
  const random = createRandom(seed)
  const step = Math.max(1, Math.floor(l.length / samples))
  const points: Lab[] = []
  for (let i = Math.floor(random() * step); i < l.length; i += step) points.push([l[i]!, a[i]!, b[i]!])
  let centres = spreadOut(points, count, random)
  for (let round = 0; round < rounds; round++) centres = recentre(points, centres)
  return centres.sort((one, two) => one[0] - two[0])
}

/** Index of the nearest colour. */
export function nearest(colours: readonly Lab[], l: number, a: number, b: number): number {
  let best = Infinity
  let found = 0
  for (let k = 0; k < colours.length; k++) {
    const [cl, ca, cb] = colours[k]!
    const off = (cl - l) * (cl - l) + hueWeight * ((ca - a) * (ca - a) + (cb - b) * (cb - b))
    if (off < best) {
      best = off
      found = k
    }
  }
  return found
}

/** First centres by k-means++: each new one likely far from those already taken. */
function spreadOut(points: Lab[], count: number, random: () => number): Lab[] {
  const centres: Lab[] = [points[Math.floor(random() * points.length)]!]
  while (centres.length < count) {
    const offs = points.map(([l, a, b]) => {
      const [cl, ca, cb] = centres[nearest(centres, l, a, b)]!
      return (cl - l) ** 2 + hueWeight * ((ca - a) ** 2 + (cb - b) ** 2)
    })
    const total = offs.reduce((sum, off) => sum + off, 0)
    if (total < 1e-9) break
    let mark = random() * total
    let next = 0
    while (next < offs.length - 1 && mark >= offs[next]!) mark -= offs[next++]!
    centres.push(points[next]!)
  }
  return centres
}

function recentre(points: Lab[], centres: Lab[]): Lab[] {
  const sums = centres.map(() => ({ l: 0, a: 0, b: 0, count: 0 }))
  for (const [l, a, b] of points) {
    const sum = sums[nearest(centres, l, a, b)]!
    sum.l += l
    sum.a += a
    sum.b += b
    sum.count++
  }
  return sums.map(({ l, a, b, count }, k) => (count ? [l / count, a / count, b / count] : centres[k]!))
}
