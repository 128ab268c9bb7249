import type { SizeLimits } from './image-parameters.ts'

interface Size {
  width: number
  height: number
}

/** The size nearest to the wanted one that the model makes: the wanted shape, larger or smaller where it must be. */
export function fitSize({ width, height }: Size, { step, maxSide, maxRatio, minPixels, maxPixels }: SizeLimits): Size {
  const ratio = Math.min(maxRatio, Math.max(width, height) / Math.min(width, height))
  const longest = Math.min(maxSide, Math.sqrt(maxPixels * ratio))
  const wanted = Math.max(Math.max(width, height), Math.sqrt(minPixels * ratio))
  // The long side is rounded first; the short one is then the nearest step that keeps shape and pixels within the limits.
  const long = wanted > longest ? down(longest, step) : Math.min(up(wanted, step), down(longest, step))
  const nearest = Math.round(long / ratio / step) * step
  const least = up(Math.max(long / maxRatio, minPixels / long), step)
  const most = down(Math.min(long, maxPixels / long), step)
  const short = Math.min(Math.max(nearest, least), most)
  return width >= height ? { width: long, height: short } : { width: short, height: long }
}

const up = (side: number, step: number) => Math.ceil(side / step) * step
const down = (side: number, step: number) => Math.floor(side / step) * step
