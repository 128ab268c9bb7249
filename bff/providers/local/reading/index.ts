import { type PromptParts, partNames, type Reading } from '../../../contract/readings.ts'
import type { SourcePicture } from '../../provider.ts'
import { type Bitmap, part, type Tick } from '../bitmap.ts'
import { readBitmap } from '../codec.ts'
import { saliency } from '../frame.ts'
import { describeLayout } from './layout.ts'
import { describeLight } from './light.ts'
import { describeColours } from './palette.ts'
import { joined, type Phrase } from './phrase.ts'
import { describeTexture } from './texture.ts'

/** Long sides in pixels at which a picture is measured: colours and layout, and grain and blur. */
const coarseSide = 192
const fineSide = 512

/**
 * What can be measured of a picture, as parts of a prompt: colours, light, layout, texture. It recognises nothing, so
 * subject, setting, mood and text stay empty. The same picture always gives the same words.
 */
export async function readPicture(source: SourcePicture, tick: Tick): Promise<Reading> {
  const coarse = await readAt(source, coarseSide, part(tick, 0, 0.15))
  const map = saliency(coarse)
  const colour = joined(describeColours(coarse))
  tick(0.4)
  const light = joined(describeLight(coarse))
  const composition = joined(describeLayout(coarse, map))
  tick(0.6)
  const fine = await readAt(source, fineSide, part(tick, 0.6, 0.7))
  const { style, lens } = describeTexture(fine)
  tick(1)
  const measured = { colour, light, composition, style: joined(style), lens: joined(lens) }
  return { en: partsIn('en', measured), ja: partsIn('ja', measured) }
}

function readAt({ bytes, width, height }: SourcePicture, longSide: number, tick: Tick): Promise<Bitmap> {
  const scale = Math.min(1, longSide / Math.max(width, height))
  const [w, h] = [width, height].map(side => Math.max(1, Math.round(side * scale)))
  return readBitmap(bytes, { left: 0, top: 0, width, height }, w!, h!, tick)
}

const partsIn = (language: keyof Phrase, measured: Partial<Record<keyof PromptParts, Phrase>>) =>
  Object.fromEntries(partNames.map(name => [name, measured[name]?.[language] ?? ''])) as PromptParts
