import { type Canvas, type Colour, createCanvas } from './canvas.ts'

/** Looks through every pixel of a picture; where neighbours differ much, four times, so that edges come out smooth. */
export function render(width: number, height: number, look: (x: number, y: number) => Colour): Canvas {
  const canvas = createCanvas(width, height)
  const { rgb } = canvas
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rgb.set(look(x + 0.5, y + 0.5), (y * width + x) * 3)
  }
  const edges: number[] = []
  const differs = (a: number, b: number) => {
    for (let i = 0; i < 3; i++) {
      const [p, q] = [rgb[a * 3 + i]!, rgb[b * 3 + i]!]
      if (Math.abs(p - q) > 0.05 + 0.4 * Math.min(p, q)) return true
    }
    return false
  }
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const here = y * width + x
      if (differs(here - 1, here + 1) || differs(here - width, here + width)) edges.push(here)
    }
  }
  for (const pixel of edges) {
    const [x, y] = [pixel % width, Math.floor(pixel / width)]
    let [r, g, b] = [0, 0, 0]
    for (const [dx, dy] of [
      [0.125, 0.375],
      [0.625, 0.125],
      [0.375, 0.875],
      [0.875, 0.625],
    ] as const) {
      const c = look(x + dx, y + dy)
      r += Math.min(c[0], 1.5) / 4
      g += Math.min(c[1], 1.5) / 4
      b += Math.min(c[2], 1.5) / 4
    }
    rgb.set([r, g, b], pixel * 3)
  }
  return canvas
}
