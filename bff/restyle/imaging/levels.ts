import { clamp, type Plane } from './bitmap.ts'

const bins = 1024

/** The values below which the given shares of a plane lie; values outside 0 to 1 count at the ends. */
export function percentiles(plane: Plane, shares: readonly number[]): number[] {
  const counts = new Uint32Array(bins)
  for (let i = 0; i < plane.length; i++) counts[clamp((plane[i]! * bins) | 0, 0, bins - 1)]!++
  return shares.map(share => {
    let sum = 0
    let bin = 0
    while (bin < bins - 1 && sum + counts[bin]! < share * plane.length) sum += counts[bin++]!
    return (bin + 0.5) / bins
  })
}

/**
 * Stretches lightness in place so that the `low` and `high` shares come to 0 and 1. A flat picture is not torn apart:
 * the gain stays below `most`.
 */
export function stretchLevels(plane: Plane, low: number, high: number, most = 1.8) {
  const [from = 0, to = 1] = percentiles(plane, [low, high])
  const gain = Math.min(most, 1 / Math.max(to - from, 1e-3))
  const middle = (from + to) / 2
  // Full gain maps from..to onto 0..1; a limited one keeps the middle where it was.
  const target = gain < most ? 0.5 : clamp(middle, gain * (middle - from), 1 - gain * (to - middle))
  for (let i = 0; i < plane.length; i++) plane[i] = (plane[i]! - middle) * gain + target
}
