/** Shapes as distances: how far a point is from the surface, negative inside. */
import { clamp } from './canvas.ts'

export type Distance = (x: number, y: number, z: number) => number

/** Square root of squares; Math.hypot guards against sizes that no picture has, and is slow. */
export const length = (x: number, y: number, z = 0) => Math.sqrt(x * x + y * y + z * z)

export function ellipsoid(x: number, y: number, z: number, a: number, b: number, c: number): number {
  const scaled = length(x / a, y / b, z / c)
  const steep = length(x / (a * a), y / (b * b), z / (c * c))
  return steep < 1e-6 ? -Math.min(a, b, c) : (scaled * (scaled - 1)) / steep
}

/** A rod with round ends; thickness may change from one end to the other. */
export function rod(
  [ax, ay, az]: readonly [number, number, number],
  [bx, by, bz]: readonly [number, number, number],
  thickness: number,
  endThickness = thickness,
): Distance {
  const [dx, dy, dz] = [bx - ax, by - ay, bz - az]
  const squared = dx * dx + dy * dy + dz * dz
  return (x, y, z) => {
    const px = x - ax
    const py = y - ay
    const pz = z - az
    const along = clamp((px * dx + py * dy + pz * dz) / squared)
    return length(px - dx * along, py - dy * along, pz - dz * along) - thickness - (endThickness - thickness) * along
  }
}

/** Two shapes that flow into each other over a width. */
export function melt(a: number, b: number, width: number): number {
  const near = Math.max(width - Math.abs(a - b), 0) / width
  return Math.min(a, b) - near * near * width * 0.25
}

/** The first shape without the second, its edge rounded over a width. */
export const carve = (a: number, b: number, width: number) => -melt(-a, b, width)

/** The same shape from a grid of samples: much faster, without details finer than a cell. */
export function sampled(
  distance: Distance,
  centre: readonly [number, number, number],
  radius: number,
  cells: number,
): Distance {
  const side = cells + 1
  const cell = (radius * 2) / cells
  const [left, low, back] = [centre[0] - radius, centre[1] - radius, centre[2] - radius]
  const grid = new Float32Array(side ** 3)
  for (let k = 0, i = 0; k < side; k++) {
    for (let j = 0; j < side; j++) {
      for (let h = 0; h < side; h++, i++) grid[i] = distance(left + h * cell, low + j * cell, back + k * cell)
    }
  }
  const plane = (i: number, fx: number, fy: number) => {
    const a = grid[i]! + (grid[i + 1]! - grid[i]!) * fx
    const b = grid[i + side]! + (grid[i + side + 1]! - grid[i + side]!) * fx
    return a + (b - a) * fy
  }
  return (x, y, z) => {
    const gx = clamp((x - left) / cell, 0, cells - 0.001)
    const gy = clamp((y - low) / cell, 0, cells - 0.001)
    const gz = clamp((z - back) / cell, 0, cells - 0.001)
    const h = Math.floor(gx)
    const j = Math.floor(gy)
    const k = Math.floor(gz)
    const i = (k * side + j) * side + h
    const front = plane(i, gx - h, gy - j)
    return front + (plane(i + side * side, gx - h, gy - j) - front) * (gz - k)
  }
}
