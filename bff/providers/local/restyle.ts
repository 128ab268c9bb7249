import { ProblemError } from '../../contract/problems.ts'
import type { ProviderRequest } from '../provider.ts'
import { part, type Tick } from './bitmap.ts'
import { readBitmap, writePng } from './codec.ts'
import { grade } from './colour/grade.ts'
import { readLook } from './look.ts'
import { placeSubject } from './place.ts'
import { treatments } from './treatments/index.ts'

/** The whole way of one job on the calling thread: frame, colours of the other pictures, words, treatment, PNG. */
export async function restyle({ prompt, sources, width, height, seed }: ProviderRequest, tick: Tick): Promise<Buffer> {
  const subject = sources.find(source => source.role === 'subject') ?? sources[0]
  if (!subject) throw new ProblemError('picture_missing')
  const composition = sources.find(source => source !== subject && source.role === 'composition')
  const look = readLook(prompt)

  const region = await placeSubject(subject, { width, height, seed, composition })
  tick(0.04)
  const image = await readBitmap(subject.bytes, region, width, height, part(tick, 0.04, 0.12))
  grade(image, look, part(tick, 0.32, 0.36))
  const treatment = treatments[look.treatment ?? 'paint']
  const params = { seed, warmth: look.warmth, bold: look.bold, mono: look.palette === 'mono' }
  const made = treatment(image, params, part(tick, 0.36, 0.86))
  return writePng(made, part(tick, 0.86, 1))
}
