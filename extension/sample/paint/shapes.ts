/** Shapes drawn as SVG and laid into a canvas. */
import sharp from 'sharp'
import { blend, type Canvas, type Colour, linearBytes } from './canvas.ts'

export interface Shapes {
  width: number
  height: number
  /** Red, green, blue, alpha; sRGB. */
  rgba: Uint8Array
}

/** Draws SVG content given in units of a view box. */
export async function drawShapes(content: string, box: [number, number], width: number, blur = 0): Promise<Shapes> {
  const height = Math.round((width * box[1]) / box[0])
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${box[0]} ${box[1]}" width="${width}" height="${height}">${content}</svg>`
  const drawn = sharp(Buffer.from(svg)).ensureAlpha()
  const rgba = await (blur > 0 ? drawn.blur(blur) : drawn).raw().toBuffer()
  return { width, height, rgba: new Uint8Array(rgba) }
}

/** Lays one pixel of the shapes over a pixel of the canvas. */
export function layPixel(canvas: Canvas, x: number, y: number, shapes: Shapes, sx: number, sy: number, strength = 1) {
  if (x < 0 || y < 0 || x >= canvas.width || y >= canvas.height) return
  if (sx < 0 || sy < 0 || sx >= shapes.width || sy >= shapes.height) return
  const i = (sy * shapes.width + sx) * 4
  const alpha = shapes.rgba[i + 3]! / 255
  if (alpha === 0) return
  const c: Colour = [
    linearBytes[shapes.rgba[i]!]!,
    linearBytes[shapes.rgba[i + 1]!]!,
    linearBytes[shapes.rgba[i + 2]!]!,
  ]
  blend(canvas, y * canvas.width + x, c, alpha * strength)
}

/** Lays the shapes over the canvas with their left upper corner at a place. */
export function layShapes(canvas: Canvas, shapes: Shapes, left: number, top: number): void {
  for (let y = 0; y < shapes.height; y++) {
    for (let x = 0; x < shapes.width; x++) layPixel(canvas, left + x, top + y, shapes, x, y)
  }
}
