import type { Aspect } from '../../contract/models.ts'
import type { SourcePicture } from '../../providers/provider.ts'

/** Below this a side is no picture any more; very long sources are cut to it. */
const minSide = 64

type Size = Pick<SourcePicture, 'width' | 'height'>

/** Final width and height: the size class names the long side, the aspect the short one. */
export function resultSize(aspect: Aspect, longSide: number, sources: readonly SourcePicture[]): Size {
  const { width, height } = shapeOf(aspect, sources)
  const short = Math.max(minSide, Math.round((longSide * Math.min(width, height)) / Math.max(width, height)))
  return width >= height ? { width: longSide, height: short } : { width: short, height: longSide }
}

/** "source" means the subject's shape, or that of the first picture where there is no subject. */
function shapeOf(aspect: Aspect, sources: readonly SourcePicture[]): Size {
  if (aspect === 'source') return sources.find(source => source.role === 'subject') ?? sources[0] ?? square
  const [width, height] = aspect.split(':').map(Number)
  return { width: width!, height: height! }
}

const square: Size = { width: 1, height: 1 }
