import type { Dimensions } from '../inspect/dimensions.ts'

/** A rectangle in whole pixels of a picture. */
export interface Rect extends Dimensions {
  x: number
  y: number
}

/** Which edges a handle moves: -1 left or top, 1 right or bottom, 0 none. */
export interface Handle {
  x: -1 | 0 | 1
  y: -1 | 0 | 1
}

const clamp = (value: number, least: number, most: number) => Math.min(most, Math.max(least, Math.round(value)))

export const wholeOf = ({ width, height }: Dimensions): Rect => ({ x: 0, y: 0, width, height })

export const isWhole = (rect: Rect, { width, height }: Dimensions) => rect.width === width && rect.height === height

/** Moved without leaving the picture. */
export const moveRect = (rect: Rect, dx: number, dy: number, within: Dimensions): Rect => ({
  ...rect,
  x: clamp(rect.x + dx, 0, within.width - rect.width),
  y: clamp(rect.y + dy, 0, within.height - rect.height),
})

/** Start and end along one axis after the edge `side` was moved by `delta`. */
const resizeAxis = (start: number, length: number, side: Handle['x'], delta: number, most: number, least: number) => {
  const end = start + length
  if (side < 0) return [clamp(start + delta, 0, end - least), end] as const
  if (side > 0) return [start, clamp(end + delta, start + least, most)] as const
  return [start, end] as const
}

/** Resized by a handle, inside the picture and never smaller than `least` on a side. */
export const resizeRect = (
  rect: Rect,
  handle: Handle,
  dx: number,
  dy: number,
  within: Dimensions,
  least: number,
): Rect => {
  const [left, right] = resizeAxis(rect.x, rect.width, handle.x, dx, within.width, least)
  const [top, bottom] = resizeAxis(rect.y, rect.height, handle.y, dy, within.height, least)
  return { x: left, y: top, width: right - left, height: bottom - top }
}

/** The middle of a rectangle, half as long on both sides. */
export const middleOf = ({ x, y, width, height }: Rect): Rect => ({
  x: x + Math.round(width / 4),
  y: y + Math.round(height / 4),
  width: Math.round(width / 2),
  height: Math.round(height / 2),
})
