import { type Bitmap, clamp } from './bitmap.ts'

/** A symmetric 2 x 2 matrix: [[xx, xy], [xy, yy]]. */
export interface Symmetric {
  xx: number
  xy: number
  yy: number
}

/** Steps of lightness in which a picture's tones are counted. */
const bins = 256
/** Ranks (dark to light, equally many pixels each) at which the typical colour is kept. */
const ranks = 32

/** What a picture's colours are like, without where they are. */
export interface ColourStatistics {
  a: number
  b: number
  covariance: Symmetric
  /** Share of pixels darker than each step of lightness; bins + 1 values from 0 to 1. */
  cumulative: Float32Array
  /** Mean colour of the pixels of each rank of lightness. */
  rankA: Float32Array
  rankB: Float32Array
}

export function statisticsOf({ l, a, b }: Bitmap): ColourStatistics {
  const cumulative = cumulativeOf(l)
  const rankA = new Float32Array(ranks)
  const rankB = new Float32Array(ranks)
  const rankCount = new Float32Array(ranks)
  let sumA = 0
  let sumB = 0
  let xx = 0
  let xy = 0
  let yy = 0
  for (let i = 0; i < l.length; i++) {
    const pa = a[i]!
    const pb = b[i]!
    sumA += pa
    sumB += pb
    xx += pa * pa
    xy += pa * pb
    yy += pb * pb
    const rank = Math.min(ranks - 1, (rankOf(cumulative, l[i]!) * ranks) | 0)
    rankA[rank]! += pa
    rankB[rank]! += pb
    rankCount[rank]!++
  }
  const n = l.length
  const meanA = sumA / n
  const meanB = sumB / n
  // Ranks that no pixel has (a picture of few tones) take the mean of all.
  for (let k = 0; k < ranks; k++) {
    rankA[k] = rankCount[k]! ? rankA[k]! / rankCount[k]! : meanA
    rankB[k] = rankCount[k]! ? rankB[k]! / rankCount[k]! : meanB
  }
  // Rounding can leave a picture of one colour a variance just below nothing.
  const covariance = {
    xx: Math.max(0, xx / n - meanA * meanA),
    xy: xy / n - meanA * meanB,
    yy: Math.max(0, yy / n - meanB * meanB),
  }
  return { a: meanA, b: meanB, covariance, cumulative, rankA, rankB }
}

/** Share of the picture that is darker than `l`. */
export function rankOf(cumulative: Float32Array, l: number): number {
  const at = clamp(l, 0, 1) * bins
  const bin = Math.min(bins - 1, at | 0)
  return cumulative[bin]! + (cumulative[bin + 1]! - cumulative[bin]!) * (at - bin)
}

/** Lightness below which the share `rank` of the picture lies. */
export function lightnessAt(cumulative: Float32Array, rank: number): number {
  let low = 0
  let high = bins
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (cumulative[middle]! <= rank) low = middle
    else high = middle
  }
  const span = cumulative[high]! - cumulative[low]!
  return (low + (span > 0 ? (rank - cumulative[low]!) / span : 0.5)) / bins
}

/** A value between two neighbouring ranks of `values`. */
export function atRank(values: Float32Array, rank: number): number {
  const at = clamp(rank * values.length - 0.5, 0, values.length - 1)
  const k = Math.min(values.length - 2, at | 0)
  return values[k]! + (values[k + 1]! - values[k]!) * (at - k)
}

function cumulativeOf(l: Float32Array): Float32Array {
  const cumulative = new Float32Array(bins + 1)
  for (let i = 0; i < l.length; i++) cumulative[1 + clamp((l[i]! * bins) | 0, 0, bins - 1)]!++
  for (let k = 1; k <= bins; k++) cumulative[k] = cumulative[k - 1]! + cumulative[k]! / l.length
  return cumulative
}
