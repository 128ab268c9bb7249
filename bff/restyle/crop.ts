import { clamp } from './imaging/bitmap.ts'
import { type Region, readWhole } from './imaging/codec.ts'
import { createRandom } from './imaging/noise.ts'
import { centroid, type Point, saliency } from './imaging/saliency.ts'
import type { Picture } from './order.ts'

/** Long side of the small copy that is looked at. */
const lookAt = 96

const middle: Point = { x: 0.5, y: 0.5 }

export interface CropOrder {
  width: number
  height: number
  seed: number
  /** Its weight decides how far the subject moves in the crop to where its own is. */
  composition: Picture | undefined
}

/** The part of the subject that fills the result: around what stands out, a touch different for each seed. */
export async function cropSubject(subject: Picture, { width, height, seed, composition }: CropOrder): Promise<Region> {
  const random = createRandom(seed)
  const eye = await eyeOf(subject)
  const pull = composition ? composition.weight / 100 : 0
  const guide = composition ? await eyeOf(composition) : middle
  return largestCrop(
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

async function eyeOf(picture: Picture): Promise<Point> {
  const small = await readWhole(picture, { longSide: lookAt, mostEnlarged: 1 }, () => {})
  return centroid(saliency(small), small.width, small.height)
}

export interface CropShape {
  /** Size of the whole picture in its own pixels. */
  width: number
  height: number
  /** Width over height of the crop wanted. */
  aspect: number
  /** 1 takes as much of the picture as fits, 1.2 a smaller crop. */
  zoom: number
  /** Where the eye's centre should land inside the crop. */
  target: Point
}

/** The largest crop of the wanted aspect, so that `eye` comes as near to its target as the borders allow. */
export function largestCrop({ width, height, aspect, zoom, target }: CropShape, eye: Point): Region {
  const fullWidth = Math.min(width, height * aspect) / zoom
  const cropWidth = clamp(Math.round(fullWidth), 1, width)
  const cropHeight = clamp(Math.round(fullWidth / aspect), 1, height)
  return {
    left: clamp(Math.round(eye.x * width - target.x * cropWidth), 0, width - cropWidth),
    top: clamp(Math.round(eye.y * height - target.y * cropHeight), 0, height - cropHeight),
    width: cropWidth,
    height: cropHeight,
  }
}
