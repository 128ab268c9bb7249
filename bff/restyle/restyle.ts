import { cropSubject } from './crop.ts'
import { effects } from './effects/index.ts'
import { grade, tintOf } from './grading.ts'
import { part, type Tick } from './imaging/bitmap.ts'
import { readBitmap, writePng } from './imaging/codec.ts'
import { createRandom } from './imaging/noise.ts'
import { RestyleError, type RestyleOrder } from './order.ts'
import { type Look, readLook } from './prompt/look.ts'
import { applyGuides, givesTexture } from './transfer/guides.ts'

/** The whole way of one order on the calling thread: crop, the other pictures, words, effect, PNG. */
export async function restyle({ prompt, pictures, width, height, seed }: RestyleOrder, tick: Tick): Promise<Buffer> {
  const subject = pictures.find(({ role }) => role === 'subject') ?? pictures[0]
  if (!subject) throw new RestyleError('no_picture')
  const others = pictures.filter(picture => picture !== subject)
  const composition = others.find(({ role }) => role === 'composition')
  const asked = readLook(prompt)
  // A style picture without words is the effect; a lone picture without words is painted.
  const isLonely = asked.effect === null && !others.some(givesTexture)
  const look = isLonely ? painted(asked, seed) : asked

  const region = await cropSubject(subject, { width, height, seed, composition })
  tick(0.04)
  const plain = await readBitmap(subject.bytes, region, width, height, part(tick, 0.04, 0.1))
  const dressed = await applyGuides(plain, others, seed, part(tick, 0.1, 0.38))
  grade(dressed, look, part(tick, 0.38, 0.42))
  const { warmth, bold, palette } = look
  const params = { seed, warmth, bold, mono: palette === 'mono', tint: tintOf(palette) }
  const made = look.effect ? effects[look.effect](dressed, params, part(tick, 0.42, 0.86)) : dressed
  return writePng(made, part(tick, 0.86, 1))
}

/** Without words a painting, each seed in a hand and mood of its own; what the words do say stays. */
function painted(asked: Look, seed: number): Look {
  const random = createRandom(seed ^ 0x1dea)
  const lean = (value: number, reach: number) => value || (random() * 2 - 1) * reach
  return {
    ...asked,
    effect: 'paint',
    warmth: lean(asked.warmth, 0.6),
    light: lean(asked.light, 0.25),
    bold: lean(asked.bold, 0.7),
  }
}
