import { ProblemError } from '../../contract/problems.ts'
import type { ImageRequest } from '../provider.ts'
import { part, type Tick } from './bitmap.ts'
import { readBitmap, writePng } from './codec.ts'
import { grade } from './colour/grade.ts'
import { tintOf } from './colour/palettes.ts'
import { applyGuides, givesTexture } from './guides.ts'
import { type Look, readLook } from './look.ts'
import { createRandom } from './noise.ts'
import { placeSubject } from './place.ts'
import { treatments } from './treatments/index.ts'

/** What restyling looks at of a request. */
export type RestyleRequest = Pick<ImageRequest, 'prompt' | 'sources' | 'width' | 'height' | 'seed'>

/** The whole way of one job on the calling thread: frame, the other pictures, words, treatment, PNG. */
export async function restyle({ prompt, sources, width, height, seed }: RestyleRequest, tick: Tick): Promise<Buffer> {
  const subject = sources.find(source => source.role === 'subject') ?? sources[0]
  if (!subject) throw new ProblemError('picture_missing')
  const others = sources.filter(source => source !== subject)
  const composition = others.find(source => source.role === 'composition')
  const asked = readLook(prompt)
  // A style picture without words is the treatment; a lone picture without words is painted.
  const painted = asked.treatment === null && !others.some(givesTexture)
  const look = painted ? byHand(asked, seed) : asked

  const region = await placeSubject(subject, { width, height, seed, composition })
  tick(0.04)
  const plain = await readBitmap(subject.bytes, region, width, height, part(tick, 0.04, 0.1))
  const dressed = await applyGuides(plain, others, seed, part(tick, 0.1, 0.38))
  grade(dressed, look, part(tick, 0.38, 0.42))
  const { warmth, bold, palette } = look
  const params = { seed, warmth, bold, mono: palette === 'mono', tint: tintOf(palette) }
  const made = look.treatment ? treatments[look.treatment](dressed, params, part(tick, 0.42, 0.86)) : dressed
  return writePng(made, part(tick, 0.86, 1))
}

/** Without words a painting, each seed in a hand and mood of its own; what the words do say stays. */
function byHand(asked: Look, seed: number): Look {
  const random = createRandom(seed ^ 0x1dea)
  const lean = (value: number, reach: number) => value || (random() * 2 - 1) * reach
  return {
    ...asked,
    treatment: 'paint',
    warmth: lean(asked.warmth, 0.6),
    light: lean(asked.light, 0.25),
    bold: lean(asked.bold, 0.7),
  }
}
