export type Context2d = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D

/** Drawn on the CPU, so that the same picture gives the same bytes when a request is repeated. */
export const contextOf = (canvas: OffscreenCanvas) => {
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('There is no 2d canvas.')
  context.imageSmoothingQuality = 'high'
  return context
}
