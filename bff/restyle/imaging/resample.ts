import type { Bitmap, Plane } from './bitmap.ts'

/** Long side at which shapes are judged; detail finer than that only disturbs effects that simplify. */
export const workingSide = 1024

/** Whole factor by which a picture of this size is shrunk for work on shapes; 1 up to the working side. */
export const workingFactor = ({ width, height }: { width: number; height: number }) =>
  Math.max(1, Math.round(Math.max(width, height) / workingSide))

/** Each pixel the mean of factor x factor; the last row and column take what is there. */
export function shrinkPlane(plane: Plane, width: number, height: number, factor: number): Plane {
  if (factor === 1) return plane
  const columns = Math.ceil(width / factor)
  const rows = Math.ceil(height / factor)
  const small = new Float32Array(columns * rows)
  for (let row = 0; row < rows; row++) {
    const bottom = Math.min(height, (row + 1) * factor)
    for (let column = 0; column < columns; column++) {
      const right = Math.min(width, (column + 1) * factor)
      let sum = 0
      for (let y = row * factor; y < bottom; y++)
        for (let x = column * factor; x < right; x++) sum += plane[y * width + x]!
      small[row * columns + column] = sum / ((bottom - row * factor) * (right - column * factor))
    }
  }
  return small
}

export function shrink({ width, height, l, a, b }: Bitmap, factor: number): Bitmap {
  return {
    width: Math.ceil(width / factor),
    height: Math.ceil(height / factor),
    l: shrinkPlane(l, width, height, factor),
    a: shrinkPlane(a, width, height, factor),
    b: shrinkPlane(b, width, height, factor),
  }
}

/** Bilinear enlargement of a shrunk plane back to the size it came from. */
export function enlargePlane(small: Plane, factor: number, width: number, height: number): Plane {
  if (factor === 1) return small
  const columns = Math.ceil(width / factor)
  const rows = Math.ceil(height / factor)
  const plane = new Float32Array(width * height)
  const left = new Int32Array(width)
  const right = new Int32Array(width)
  const weight = new Float32Array(width)
  for (let x = 0; x < width; x++) {
    const at = Math.max(0, (x + 0.5) / factor - 0.5)
    left[x] = Math.min(columns - 1, Math.floor(at))
    right[x] = Math.min(columns - 1, left[x]! + 1)
    weight[x] = at - left[x]!
  }
  for (let y = 0, i = 0; y < height; y++) {
    const at = Math.max(0, (y + 0.5) / factor - 0.5)
    const upper = Math.min(rows - 1, Math.floor(at))
    const above = upper * columns
    const below = Math.min(rows - 1, upper + 1) * columns
    const v = at - upper
    for (let x = 0; x < width; x++, i++) {
      const u = weight[x]!
      const top = small[above + left[x]!]! * (1 - u) + small[above + right[x]!]! * u
      const bottom = small[below + left[x]!]! * (1 - u) + small[below + right[x]!]! * u
      plane[i] = top + (bottom - top) * v
    }
  }
  return plane
}

export function enlarge(small: Bitmap, factor: number, width: number, height: number): Bitmap {
  if (factor === 1) return small
  return {
    width,
    height,
    l: enlargePlane(small.l, factor, width, height),
    a: enlargePlane(small.a, factor, width, height),
    b: enlargePlane(small.b, factor, width, height),
  }
}
