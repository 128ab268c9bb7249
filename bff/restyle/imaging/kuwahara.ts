import { type Bitmap, band, createBitmap, type Tick } from './bitmap.ts'
import { blur, blurBitmap } from './blur.ts'

const directions = 8

/**
 * Flattens texture and keeps edges: each pixel takes the mean of those neighbourhoods around it that vary least
 * (Kuwahara, with eight soft round neighbourhoods instead of four squares). `radius` in pixels.
 */
export function kuwahara(image: Bitmap, radius: number, tick: Tick): Bitmap {
  const { width, height } = image
  const spread = radius * 0.45
  const mean = blurBitmap(image, spread)
  tick(0.3)
  const squares = new Float32Array(image.l.length)
  for (let i = 0; i < squares.length; i++)
    squares[i] = image.l[i]! * image.l[i]! + image.a[i]! * image.a[i]! + image.b[i]! * image.b[i]!
  const meanSquares = blur(squares, width, height, spread)
  tick(0.4)
  const variance = squares
  for (let i = 0; i < variance.length; i++)
    variance[i] = Math.max(
      0,
      meanSquares[i]! - mean.l[i]! * mean.l[i]! - mean.a[i]! * mean.a[i]! - mean.b[i]! * mean.b[i]!,
    )
  const dx = Int32Array.from({ length: directions }, (_, k) =>
    Math.round(Math.cos((k / directions) * 2 * Math.PI) * radius * 0.75),
  )
  const dy = Int32Array.from({ length: directions }, (_, k) =>
    Math.round(Math.sin((k / directions) * 2 * Math.PI) * radius * 0.75),
  )
  const out = createBitmap(width, height)
  for (let y = 0, i = 0; y < height; y++) {
    if (y % band === 0) tick(0.4 + (0.6 * y) / height)
    for (let x = 0; x < width; x++, i++) {
      let total = 0
      let l = 0
      let a = 0
      let b = 0
      for (let k = 0; k < directions; k++) {
        let u = x + dx[k]!
        let v = y + dy[k]!
        if (u < 0) u = 0
        else if (u >= width) u = width - 1
        if (v < 0) v = 0
        else if (v >= height) v = height - 1
        const j = v * width + u
        const calm = 1 / (variance[j]! + 0.0002)
        const weight = calm * calm * calm
        total += weight
        l += weight * mean.l[j]!
        a += weight * mean.a[j]!
        b += weight * mean.b[j]!
      }
      out.l[i] = l / total
      out.a[i] = a / total
      out.b[i] = b / total
    }
  }
  return out
}
