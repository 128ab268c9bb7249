import type { Blur, Point } from './edits.ts'

type Stroke = Extract<Blur, { kind: 'stroke' }>

/** Nearer points than this part of the brush change nothing that can be seen. */
const finest = 1 / 8

export const beginStroke = ([x, y]: Point, width: number): Stroke => ({
  kind: 'stroke',
  width: Math.max(1, Math.round(width)),
  points: [[Math.round(x), Math.round(y)]],
})

/** Goes on to a point; the stroke stays the same object when that is too near to matter. */
export const extendStroke = (stroke: Stroke, [x, y]: Point): Stroke => {
  const [lastX, lastY] = stroke.points.at(-1) ?? [Number.POSITIVE_INFINITY, 0]
  if (Math.hypot(x - lastX, y - lastY) < Math.max(1, stroke.width * finest)) return stroke
  return { ...stroke, points: [...stroke.points, [Math.round(x), Math.round(y)]] }
}
