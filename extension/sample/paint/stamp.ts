import { blend, type Canvas, type Colour } from './canvas.ts'

export interface Place {
  x: number
  y: number
  /** Distance in pixels that counts as 1 on the stamp. */
  size: number
  /** Turn in radians. */
  turn: number
}

/** Lays a small shape, given in its own units (-1..1 and a little more), on the canvas. */
export function stamp(
  canvas: Canvas,
  place: Place,
  reach: number,
  ink: (u: number, v: number) => readonly [Colour, number] | null,
) {
  const { x, y, size, turn } = place
  const [cos, sin] = [Math.cos(turn) / size, Math.sin(turn) / size]
  const far = size * reach
  const [top, bottom] = [Math.max(0, Math.floor(y - far)), Math.min(canvas.height - 1, Math.ceil(y + far))]
  const [left, right] = [Math.max(0, Math.floor(x - far)), Math.min(canvas.width - 1, Math.ceil(x + far))]
  for (let py = top; py <= bottom; py++) {
    for (let px = left; px <= right; px++) {
      const [dx, dy] = [px - x, py - y]
      const laid = ink(dx * cos + dy * sin, dy * cos - dx * sin)
      if (laid) blend(canvas, py * canvas.width + px, laid[0], laid[1])
    }
  }
}
