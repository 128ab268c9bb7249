import type { SourcePicture } from '../provider.ts'
import { type Region, readBitmap } from './codec.ts'
import { centroid, frame, type Point, saliency } from './frame.ts'
import { createRandom } from './noise.ts'

/** Long side of the small copy that is looked at. */
const lookAt = 96

const middle: Point = { x: 0.5, y: 0.5 }

export interface Placement {
  width: number
  height: number
  seed: number
  /** Its weight of the picture decides where in the frame the subject stands. */
  composition: SourcePicture | undefined
}

/** The part of the subject that fills the result: around what stands out, a touch different for each seed. */
export async function placeSubject(
  subject: SourcePicture,
  { width, height, seed, composition }: Placement,
): Promise<Region> {
  const random = createRandom(seed)
  const eye = await eyeOf(subject)
  const pull = composition ? composition.weight / 100 : 0
  const guide = composition ? await eyeOf(composition) : middle
  return frame(
    {
      width: subject.width,
      height: subject.height,
      aspect: width / height,
      // Room to move the subject towards the guide; without one a breath of variation.
      zoom: 1 + 0.22 * pull + random() * 0.03,
      target: { x: middle.x + (guide.x - middle.x) * pull, y: middle.y + (guide.y - middle.y) * pull },
    },
    { x: eye.x + (random() - 0.5) * 0.02, y: eye.y + (random() - 0.5) * 0.02 },
  )
}

async function eyeOf({ bytes, width, height }: SourcePicture): Promise<Point> {
  const scale = Math.min(1, lookAt / Math.max(width, height))
  const w = Math.max(1, Math.round(width * scale))
  const h = Math.max(1, Math.round(height * scale))
  const small = await readBitmap(bytes, { left: 0, top: 0, width, height }, w, h, () => {})
  return centroid(saliency(small), w, h)
}
