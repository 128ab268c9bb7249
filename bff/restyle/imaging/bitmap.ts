/** One number per pixel, row by row. */
export type Plane = Float32Array

/** A picture in Oklab: `l` is lightness from 0 to 1, `a` and `b` are colour around 0. */
export interface Bitmap {
  readonly width: number
  readonly height: number
  readonly l: Plane
  readonly a: Plane
  readonly b: Plane
}

/** Told how much of a step is done (0 to 1); throws when the job is cancelled. Called at least once per band of rows. */
export type Tick = (done: number) => void

/** Rows between two calls of a tick. */
export const band = 32

export const createBitmap = (width: number, height: number): Bitmap => ({
  width,
  height,
  l: new Float32Array(width * height),
  a: new Float32Array(width * height),
  b: new Float32Array(width * height),
})

/** Length that looks equally large at every output size: one pixel when the long side has 1,024. */
export const unitOf = ({ width, height }: { width: number; height: number }) => Math.max(width, height) / 1024

/** The part of a tick from `from` to `to`, seen by a step of its own as 0 to 1. */
export const part =
  (tick: Tick, from: number, to: number): Tick =>
  done =>
    tick(from + (to - from) * done)

export const clamp = (value: number, low: number, high: number) => (value < low ? low : value > high ? high : value)

/** 0 below `low`, 1 above `high`, a smooth S between. */
export function smoothstep(low: number, high: number, value: number): number {
  const t = clamp((value - low) / (high - low), 0, 1)
  return t * t * (3 - 2 * t)
}
