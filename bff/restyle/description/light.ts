import type { Bitmap } from '../imaging/bitmap.ts'
import { lightnessAt, statisticsOf } from '../imaging/statistics.ts'
import { type Phrase, phrase, positionAt } from './phrase.ts'

/** Differences of lightness (0 to 1) from which one speaks of them. */
const slope = 0.16
const vignette = 0.12
const contrasts = { low: 0.35, high: 0.72 }
const keys = { low: 0.42, high: 0.8 }

/** How light and dark a picture is, where the light lies, and its warmth. */
export function describeLight(bitmap: Bitmap): Phrase[] {
  const { cumulative } = statisticsOf(bitmap)
  const at = (rank: number) => lightnessAt(cumulative, rank)
  return [keyOf(at(0.5)), contrastOf(at(0.95) - at(0.05)), ...whereOf(bitmap), ...warmthOf(bitmap, at(0.9))]
}

function keyOf(median: number): Phrase {
  if (median < keys.low) return phrase('low-key, mostly dark tones', 'ローキー、暗い調子が中心')
  if (median > keys.high) return phrase('high-key, mostly light tones', 'ハイキー、明るい調子が中心')
  return phrase('balanced exposure', '中間の明るさ')
}

function contrastOf(range: number): Phrase {
  if (range < contrasts.low) return phrase('low contrast', 'コントラストは弱い')
  if (range > contrasts.high) return phrase('strong contrast', '強いコントラスト')
  return phrase('moderate contrast', 'ほどよいコントラスト')
}

/** Fits a plane to lightness; where that says nothing, compares the middle with the rim. */
function whereOf({ width, height, l }: Bitmap): Phrase[] {
  let [mean, sumX, sumY, xx, yy] = [0, 0, 0, 0, 0]
  let [middle, inside, rim, outside] = [0, 0, 0, 0]
  for (let y = 0, i = 0; y < height; y++) {
    const v = (y + 0.5) / height - 0.5
    for (let x = 0; x < width; x++, i++) {
      const u = (x + 0.5) / width - 0.5
      const value = l[i]!
      mean += value
      sumX += value * u
      sumY += value * v
      xx += u * u
      yy += v * v
      const off = Math.hypot(u, v)
      if (off < 0.25) {
        middle += value
        inside++
      } else if (off > 0.45) {
        rim += value
        outside++
      }
    }
  }
  // Change of lightness from one side to the other.
  const across = sumX / Math.max(1e-6, xx)
  const down = sumY / Math.max(1e-6, yy)
  const size = Math.hypot(across, down)
  if (size > slope) {
    const along = (part: number) => (Math.abs(part) > size * 0.38 ? Math.sign(part) : 0)
    const { en, ja } = positionAt(along(across), along(down))
    return [phrase(`brightest ${en}`, `${ja}が最も明るい`)]
  }
  const difference = middle / Math.max(1, inside) - rim / Math.max(1, outside)
  if (difference > vignette) return [phrase('bright middle, darker edges', '中央が明るく、周辺が暗い')]
  if (difference < -vignette) return [phrase('dark middle against bright surroundings', '明るい背景に暗い中央')]
  return mean === 0 ? [] : [phrase('even light', '均一な光')]
}

/** The colour of what is brightest is the colour of the light, more or less. */
function warmthOf({ l, a, b }: Bitmap, from: number): Phrase[] {
  let [warm, count] = [0, 0]
  for (let i = 0; i < l.length; i++)
    if (l[i]! >= from) {
      warm += b[i]! + 0.3 * a[i]!
      count++
    }
  const mean = warm / Math.max(1, count)
  if (mean > 0.035) return [phrase('warm highlights', '暖かいハイライト')]
  return mean < -0.02 ? [phrase('cool highlights', '冷たいハイライト')] : []
}
