import type { Bitmap, Plane } from '../imaging/bitmap.ts'
import { blur } from '../imaging/blur.ts'
import { centroid } from '../imaging/saliency.ts'
import { type Phrase, phrase, positionAt } from './phrase.ts'

/** Shape of the frame, where the weight lies, symmetry and empty space. */
export function describeLayout(bitmap: Bitmap, map: Plane): Phrase[] {
  const empty = emptinessOf(bitmap)
  return [shapeOf(bitmap), ...weightOf(bitmap, map, empty), ...symmetryOf(bitmap), ...describeEmptiness(empty)]
}

function shapeOf({ width, height }: Bitmap): Phrase {
  const ratio = width / height
  if (ratio >= 2) return phrase('panoramic format', 'パノラマの画面')
  if (ratio > 1.1) return phrase('horizontal format', '横長の画面')
  return ratio < 0.91 ? phrase('vertical format', '縦長の画面') : phrase('square format', '正方形の画面')
}

function weightOf({ width, height }: Bitmap, map: Plane, { share }: Emptiness): Phrase[] {
  const eye = centroid(map, width, height)
  let [near, total] = [0, 0]
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++) {
      total += map[i]!
      if (Math.hypot((x + 0.5) / width - eye.x, (y + 0.5) / height - eye.y) < 0.22) near += map[i]!
    }
  if (total < 1e-3) return []
  const focus = near / total
  if (focus < 0.24)
    return share > muchEmpty ? [] : [phrase('elements spread over the whole frame', '要素が画面全体に広がる')]
  const away = (part: number) => (Math.abs(part - 0.5) > 0.09 ? Math.sign(part - 0.5) : 0)
  const { en, ja } = positionAt(away(eye.x), away(eye.y))
  const clear = focus > 0.5
  return [phrase(clear ? `one clear focus ${en}` : `weight ${en}`, clear ? `${ja}に明確な焦点` : `${ja}に重心`)]
}

const side = 24
/** Agreement from which halves are called mirror images. */
const mirrored = 0.93

function symmetryOf({ width, height, l }: Bitmap): Phrase[] {
  const rows = shrunk(blur(l, width, height, Math.max(width, height) / side / 2), width, height)
  if (mirroredShare(rows) > mirrored) return [phrase('left and right mirror each other', '左右対称')]
  const columns = rows.map((_, k) => rows[(k % side) * side + Math.floor(k / side)]!)
  return mirroredShare(columns) > mirrored ? [phrase('top and bottom mirror each other', '上下対称')] : []
}

/** A picture as side x side cells. */
function shrunk(plane: Plane, width: number, height: number): Plane {
  return Float32Array.from({ length: side * side }, (_, k) => {
    const x = Math.floor((((k % side) + 0.5) / side) * width)
    const y = Math.floor(((Math.floor(k / side) + 0.5) / side) * height)
    return plane[y * width + x]!
  })
}

/** How well rows agree with themselves read backwards, -1 to 1; 0 where they are all of one tone. */
function mirroredShare(cells: Plane): number {
  let [both, own] = [0, 0]
  for (let from = 0; from < cells.length; from += side) {
    const row = cells.subarray(from, from + side)
    const mean = row.reduce((sum, value) => sum + value, 0) / side
    for (const [x, value] of row.entries()) {
      both += (value - mean) * (row[side - 1 - x]! - mean)
      own += (value - mean) ** 2
    }
  }
  return own / cells.length < 4e-4 ? 0 : both / own
}

/** Detail (Oklab) below which a place is empty. */
const emptyDetail = 0.012
const littleEmpty = 0.12
const muchEmpty = 0.4

interface Emptiness {
  /** Of the whole picture. */
  share: number
  /** Where more of it lies: -1 left or top, 1 right or bottom. */
  x: number
  y: number
}

function emptinessOf({ width, height, l, a, b }: Bitmap): Emptiness {
  const radius = Math.max(width, height) / 90
  const detail = new Float32Array(l.length)
  for (const plane of [l, a, b]) {
    const near = blur(plane, width, height, radius)
    for (let i = 0; i < detail.length; i++) detail[i]! += Math.abs(plane[i]! - near[i]!)
  }
  const around = blur(detail, width, height, radius * 3)
  let [all, x, y] = [0, 0, 0]
  for (let i = 0; i < around.length; i++)
    if (around[i]! < emptyDetail) {
      all++
      x += i % width < width / 2 ? -1 : 1
      y += i < around.length / 2 ? -1 : 1
    }
  const leans = (balance: number) => (Math.abs(balance) > all * 0.34 ? Math.sign(balance) : 0)
  return { share: all / around.length, x: leans(x), y: leans(y) }
}

function describeEmptiness({ share, x, y }: Emptiness): Phrase[] {
  if (share < littleEmpty) return [phrase('detail up to the edges', '隅々まで細かい')]
  if (share < muchEmpty) return []
  if (x === 0 && y === 0) return [phrase('much empty space', '広い余白')]
  const { en, ja } = positionAt(x, y)
  return [phrase(`much empty space ${en}`, `${ja}に広い余白`)]
}
