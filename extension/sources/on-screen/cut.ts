import type { PagePlace } from '../../picking/protocol.ts'
import type { Rect } from '../edit/rect.ts'
import type { Dimensions } from '../inspect/dimensions.ts'

export interface Cut {
  /** Pixels of the capture. */
  rect: Rect
  /** A part of the picture is out of sight. */
  isPartly: boolean
}

/** Rounding errors of a multiplication, not pixels. */
const slack = 1e-3

/**
 * The scale is the capture's width by the window's: `devicePixelRatio` would leave out zoom. The window says its width in
 * whole pixels, cut off or rounded, so a scale that is no whole number lies between two.
 */
const scalesOf = (captureWidth: number, windowWidth: number): readonly [least: number, most: number] => {
  const scale = captureWidth / windowWidth
  if (Number.isInteger(scale)) return [scale, scale]
  return [captureWidth / (windowWidth + 1), captureWidth / (windowWidth - 0.5)]
}

/**
 * Which part of a capture of the window shows the picture, never a pixel beyond it. Null while nothing of the picture is
 * in sight.
 */
export const cutOf = ([whole, seen, windowWidth]: PagePlace, capture: Dimensions): Cut | null => {
  const [least, most] = scalesOf(capture.width, windowWidth)
  const x = Math.max(0, Math.ceil(seen.left * most - slack))
  const y = Math.max(0, Math.ceil(seen.top * most - slack))
  const right = Math.min(capture.width, Math.floor(seen.right * least + slack))
  const bottom = Math.min(capture.height, Math.floor(seen.bottom * least + slack))
  if (right <= x || bottom <= y) return null
  return {
    rect: { x, y, width: right - x, height: bottom - y },
    isPartly: whole.width - seen.width > 1 || whole.height - seen.height > 1,
  }
}
