import { type Bitmap, band, clamp, smoothstep, type Tick } from '../imaging/bitmap.ts'
import { atRank, lightnessAt, rankOf, type Symmetric, statisticsOf } from '../imaging/statistics.ts'

export interface TransferStrength {
  /** 0 to 1: how far lightness goes to the guide's distribution. */
  tone: number
  /** 0 to 1: how far colour goes. */
  colour: number
}

/** Colour noise that must not be blown up when a picture is nearly grey (Oklab, squared). */
const noise = 0.012 ** 2

/** Lightness keeps this share of its own course, so that light still falls as it did. */
const ownTone = 0.3

/**
 * Gives a picture the colours of another, in place. Lightness by matching ranks. Colour by the linear map that carries
 * one covariance into the other with the least movement (Pitié 2007), mixed with the guide's typical colour at the same
 * rank of lightness; a nearly grey picture takes most of its colour from there.
 */
export function transferColours(image: Bitmap, guide: Bitmap, strength: TransferStrength, tick: Tick) {
  const own = statisticsOf(image)
  const other = statisticsOf(guide)
  tick(0.3)
  const map = leastMovement(own.covariance, other.covariance)
  const spread = Math.sqrt(own.covariance.xx + own.covariance.yy)
  const byRank = 0.3 + 0.55 * smoothstep(0.05, 0.012, spread)
  const toneCurve = Float32Array.from({ length: 257 }, (_, k) => {
    const l = k / 256
    const matched = lightnessAt(other.cumulative, rankOf(own.cumulative, l))
    return l + (matched - l) * (1 - ownTone) * strength.tone
  })
  const { width, height, l, a, b } = image
  for (let y = 0, i = 0; y < height; y++) {
    if (y % band === 0) tick(0.3 + (0.7 * y) / height)
    for (let x = 0; x < width; x++, i++) {
      const rank = rankOf(own.cumulative, l[i]!)
      const da = a[i]! - own.a
      const db = b[i]! - own.b
      const mappedA = other.a + map.xx * da + map.xy * db
      const mappedB = other.b + map.xy * da + map.yy * db
      const towardA = mappedA + (atRank(other.rankA, rank) - mappedA) * byRank
      const towardB = mappedB + (atRank(other.rankB, rank) - mappedB) * byRank
      a[i]! += (towardA - a[i]!) * strength.colour
      b[i]! += (towardB - b[i]!) * strength.colour
      const at = clamp(l[i]!, 0, 1) * 256
      const k = Math.min(255, at | 0)
      l[i] = toneCurve[k]! + (toneCurve[k + 1]! - toneCurve[k]!) * (at - k)
    }
  }
}

/** Monge-Kantorovich map between two Gaussians. */
function leastMovement(from: Symmetric, to: Symmetric): Symmetric {
  const source = { xx: from.xx + noise, xy: from.xy, yy: from.yy + noise }
  const half = root(source)
  return sandwich(inverse(half), root(sandwich(half, to)))
}

/** Square root of a positive definite matrix: the one that is positive definite itself. */
function root({ xx, xy, yy }: Symmetric): Symmetric {
  const s = Math.sqrt(Math.max(0, xx * yy - xy * xy))
  const t = Math.sqrt(Math.max(1e-12, xx + yy + 2 * s))
  return { xx: (xx + s) / t, xy: xy / t, yy: (yy + s) / t }
}

function inverse({ xx, xy, yy }: Symmetric): Symmetric {
  const determinant = Math.max(1e-18, xx * yy - xy * xy)
  return { xx: yy / determinant, xy: -xy / determinant, yy: xx / determinant }
}

/** outer * inner * outer, symmetric again. */
function sandwich(outer: Symmetric, inner: Symmetric): Symmetric {
  const a = outer.xx * inner.xx + outer.xy * inner.xy
  const b = outer.xx * inner.xy + outer.xy * inner.yy
  const c = outer.xy * inner.xx + outer.yy * inner.xy
  const d = outer.xy * inner.xy + outer.yy * inner.yy
  return { xx: a * outer.xx + b * outer.xy, xy: a * outer.xy + b * outer.yy, yy: c * outer.xy + d * outer.yy }
}
