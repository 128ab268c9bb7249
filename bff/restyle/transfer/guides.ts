import { type Bitmap, part, type Tick } from '../imaging/bitmap.ts'
import { readWhole } from '../imaging/codec.ts'
import type { Picture, PictureRole } from '../order.ts'
import { transferColours } from './colour.ts'
import { transferTexture } from './texture.ts'

/** What another picture gives to the subject, by its role. */
interface Gift {
  tone: number
  colour: number
  texture: number
}

const gifts: Partial<Record<PictureRole, Gift>> = {
  style: { tone: 0.8, colour: 1, texture: 1 },
  free: { tone: 0.8, colour: 1, texture: 1 },
  // A second subject has nothing to say about itself; its look can still be used.
  subject: { tone: 0.8, colour: 1, texture: 1 },
  palette: { tone: 0, colour: 1, texture: 0 },
  light: { tone: 1, colour: 0, texture: 0 },
}

export const givesTexture = ({ role, weight }: Picture) => weight > 0 && (gifts[role]?.texture ?? 0) > 0

/** How much a picture may be enlarged before its texture is only blur. */
const mostEnlarged = 1.5

/** Applies the other pictures one after the other, each as strongly as its weight says. */
export async function applyGuides(image: Bitmap, guides: Picture[], seed: number, tick: Tick): Promise<Bitmap> {
  let result = image
  for (const [index, guide] of guides.entries()) {
    const gift = gifts[guide.role]
    // The middle of the slider already shows clearly whose look it is.
    const strength = 1 - (1 - guide.weight / 100) ** 1.7
    if (!gift || strength === 0) continue
    const step = part(tick, index / guides.length, (index + 1) / guides.length)
    // At the size of the result, so that its texture is as coarse here as it is there.
    const size = { longSide: Math.max(image.width, image.height), mostEnlarged }
    const look = await readWhole(guide, size, part(step, 0, 0.15))
    transferColours(
      result,
      look,
      { tone: gift.tone * strength, colour: gift.colour * strength },
      part(step, 0.15, 0.35),
    )
    if (gift.texture) result = transferTexture(result, look, gift.texture * strength, seed + index, part(step, 0.35, 1))
  }
  return result
}
