import { part, type Tick } from '../imaging/bitmap.ts'
import { readWhole } from '../imaging/codec.ts'
import { saliency } from '../imaging/saliency.ts'
import type { Picture } from '../order.ts'
import { describeLayout } from './layout.ts'
import { describeLight } from './light.ts'
import { describeColours } from './palette.ts'
import { joined, type Phrase } from './phrase.ts'
import { describeTexture } from './texture.ts'

/** Long sides in pixels at which a picture is measured: colours and layout, and grain and blur. */
const coarseSide = 192
const fineSide = 512

type Pixels = Pick<Picture, 'bytes' | 'width' | 'height'>

/** Phrases of a prompt in one language; empty where there is nothing to say. */
export interface Measured {
  colour: string
  light: string
  composition: string
  /** How surfaces look. */
  style: string
  /** How sharp it is, and where. */
  lens: string
}
export type Description = Record<keyof Phrase, Measured>

/** What can be measured of a picture; it recognises nothing. The same picture always gives the same words. */
export async function describePicture(picture: Pixels, tick: Tick): Promise<Description> {
  const coarse = await readWhole(picture, { longSide: coarseSide, mostEnlarged: 1 }, part(tick, 0, 0.15))
  const map = saliency(coarse)
  const colour = joined(describeColours(coarse))
  tick(0.4)
  const light = joined(describeLight(coarse))
  const composition = joined(describeLayout(coarse, map))
  tick(0.6)
  const fine = await readWhole(picture, { longSide: fineSide, mostEnlarged: 1 }, part(tick, 0.6, 0.7))
  const { style, lens } = describeTexture(fine)
  tick(1)
  const measured = { colour, light, composition, style: joined(style), lens: joined(lens) }
  return { en: inLanguage(measured, 'en'), ja: inLanguage(measured, 'ja') }
}

const inLanguage = ({ colour, light, composition, style, lens }: Record<keyof Measured, Phrase>, to: keyof Phrase) => ({
  colour: colour[to],
  light: light[to],
  composition: composition[to],
  style: style[to],
  lens: lens[to],
})
