import { type Context2d, contextOf } from '../clean/canvas.ts'
import type { Dimensions } from '../inspect/dimensions.ts'
import type { Blur } from './edits.ts'
import { type Placing, toCopy } from './placing.ts'

/**
 * What shows through a blur is this many colours along the picture's long side, whatever its size: too few for a face
 * that fills the picture, and no letter, number or grid of a mosaic is left to guess from.
 */
const colours = 8

/** The whole canvas as a few soft colours. */
const fewColours = (canvas: Context2d['canvas']): OffscreenCanvas => {
  const scale = colours / Math.max(canvas.width, canvas.height)
  const few = new OffscreenCanvas(
    Math.max(1, Math.round(canvas.width * scale)),
    Math.max(1, Math.round(canvas.height * scale)),
  )
  contextOf(few).drawImage(canvas, 0, 0, few.width, few.height)
  return few
}

const paint = (context: Context2d, blur: Blur) => {
  if (blur.kind === 'area') {
    const { x, y, width, height } = blur.area
    return context.fillRect(x, y, width, height)
  }
  const [first, ...rest] = blur.points
  if (!first) return
  context.beginPath()
  context.arc(...first, blur.width / 2, 0, 2 * Math.PI)
  context.fill()
  context.beginPath()
  context.moveTo(...first)
  for (const point of rest) context.lineTo(...point)
  context.lineWidth = blur.width
  context.lineCap = 'round'
  context.lineJoin = 'round'
  context.stroke()
}

/** Everything to be blurred, as it lies in the copy. */
const maskOf = (blurs: readonly Blur[], { width, height }: Dimensions, placing: Placing) => {
  const mask = contextOf(new OffscreenCanvas(width, height))
  const [across, down] = placing.scale
  mask.setTransform(across, 0, 0, down, ...toCopy(placing, [0, 0]))
  for (const blur of blurs) paint(mask, blur)
  mask.resetTransform()
  return mask
}

/** Replaces the blurred parts of a drawn copy. What was there is gone, not covered: also where it was transparent. */
export const blurParts = (context: Context2d, blurs: readonly Blur[], placing: Placing, isOpaque: boolean) => {
  if (blurs.length === 0) return
  const { canvas } = context
  const few = fewColours(canvas)
  const mask = maskOf(blurs, canvas, placing)
  if (!isOpaque) {
    context.globalCompositeOperation = 'destination-out'
    context.drawImage(mask.canvas, 0, 0)
    context.globalCompositeOperation = 'source-over'
  }
  mask.globalCompositeOperation = 'source-in'
  mask.drawImage(few, 0, 0, canvas.width, canvas.height)
  context.drawImage(mask.canvas, 0, 0)
}
