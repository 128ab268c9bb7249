import type { Bitmap, Plane } from '../imaging/bitmap.ts'
import { blur } from '../imaging/blur.ts'
import { type Phrase, phrase, positionAt } from './phrase.ts'

export interface Texture {
  /** How surfaces look. */
  style: Phrase[]
  /** How sharp it is, and where. */
  lens: Phrase[]
}

/** Lightness that changes within a pixel and a bit, and within a few: their ratio is sharpness, without the grain. */
interface Detail {
  width: number
  height: number
  fine: Plane
  coarse: Plane
  grain: number
}

/** Grain (in lightness) from which it is seen. */
const visibleGrain = 0.004
/** Coarse detail below which there is a surface, not an outline. */
const surface = 0.006
/** Fine and coarse detail below which there is nothing at all, as between the outlines of a flat drawing. */
const nothing = { fine: 0.0005, coarse: 0.0015 }
/** Ratios of fine to coarse detail: a pixel of blur brings the one of a sharp picture down to 0.18, four to 0.1. */
const sharp = 0.28
const soft = 0.15

/** Surfaces and sharpness of a picture of about 512 pixels, where both can be told. */
export function describeTexture(bitmap: Bitmap): Texture {
  const detail = detailOf(bitmap)
  const sharpness = ratioOf(detail)
  return { style: [styleOf(detail, sharpness)], lens: lensOf(detail, sharpness) }
}

function detailOf({ width, height, l }: Bitmap): Detail {
  const near = blur(l, width, height, 0.8)
  const far = blur(l, width, height, 3)
  const strength = (one: Plane, two: Plane) => {
    const difference = one.map((value, i) => Math.abs(value - two[i]!))
    return blur(difference, width, height, 2)
  }
  const fine = strength(l, near)
  const coarse = strength(near, far)
  const grain = grainOf(fine, coarse)
  const without = (plane: Plane, noise: number) =>
    plane.map(value => Math.sqrt(Math.max(0, value * value - noise * noise)))
  return { width, height, fine: without(fine, 1.25 * grain), coarse: without(coarse, 0.7 * grain), grain }
}

/** Grain is everywhere: the calmest tenth of a picture shows it. A dense pattern is everywhere too, but coarser. */
function grainOf(fine: Plane, coarse: Plane): number {
  const calmest = (plane: Plane) => plane.toSorted()[Math.floor(plane.length / 10)]!
  const grain = calmest(fine)
  return grain > calmest(coarse) ? grain : 0
}

/** Fine over coarse detail of the whole picture; 0 where there is none. */
function ratioOf({ fine, coarse }: Detail): number {
  let [sum, total] = [0, 0]
  for (let i = 0; i < fine.length; i++)
    if (coarse[i]! > surface) {
      sum += fine[i]!
      total += coarse[i]!
    }
  return total > 0 ? sum / total : 0
}

function styleOf({ fine, coarse, grain }: Detail, sharpness: number): Phrase {
  if (grain > visibleGrain) return phrase('visible grain', '粒状感のある質感')
  let [flat, smooth] = [0, 0]
  for (let i = 0; i < fine.length; i++)
    if (coarse[i]! < surface) {
      smooth++
      if (fine[i]! < nothing.fine && coarse[i]! < nothing.coarse) flat++
    }
  if (flat > fine.length / 2 && sharpness > soft)
    return phrase('flat areas of colour with clean edges', '平らな色面とくっきりした輪郭')
  return smooth < fine.length * 0.2
    ? phrase('rich surface texture', '豊かな質感')
    : phrase('smooth gradations', 'なめらかな階調')
}

function lensOf(detail: Detail, sharpness: number): Phrase[] {
  // Strong grain hides how sharp it is.
  if (sharpness === 0 || detail.grain > visibleGrain) return []
  const focus = focusOf(detail)
  if (focus) {
    const { en, ja } = focus
    return [
      phrase(`in focus ${en}, blurred elsewhere, shallow depth of field`, `${ja}にピント、ほかはぼけた浅い被写界深度`),
    ]
  }
  if (sharpness > sharp) return [phrase('sharp throughout', '全体がシャープ')]
  return sharpness < soft ? [phrase('soft focus', 'ソフトフォーカス')] : []
}

const cells = 10

/** Where the sharp part lies of a picture that is sharp only there; else null. */
function focusOf({ width, height, fine, coarse }: Detail): Phrase | null {
  const sums = Array.from({ length: cells * cells }, () => ({ fine: 0, coarse: 0 }))
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++)
      if (coarse[i]! > surface) {
        const sum = sums[Math.floor((y * cells) / height) * cells + Math.floor((x * cells) / width)]!
        sum.fine += fine[i]!
        sum.coarse += coarse[i]!
      }
  const enough = (surface * width * height) / (cells * cells) / 2
  const ratios = sums.map(sum => (sum.coarse > enough ? sum.fine / sum.coarse : null))
  const told = ratios.filter(ratio => ratio !== null)
  const clear = ratios.flatMap((ratio, cell) => (ratio !== null && ratio > sharp ? [cell] : []))
  const blurred = told.filter(ratio => ratio < soft).length
  if (told.length < cells || clear.length < told.length * 0.05 || blurred < told.length * 0.5) return null
  const middle = (of: (cell: number) => number) =>
    (clear.reduce((sum, cell) => sum + of(cell), 0) / clear.length + 0.5) / cells - 0.5
  const away = (part: number) => (Math.abs(part) > 0.1 ? Math.sign(part) : 0)
  return positionAt(away(middle(cell => cell % cells)), away(middle(cell => Math.floor(cell / cells))))
}
