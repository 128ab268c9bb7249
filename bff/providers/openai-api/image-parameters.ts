import { type Static, Type } from 'typebox'
import { closed, nullable, oneOf } from '../../contract/common.ts'
import { TokenPrice } from '../shared/parameters.ts'

const Pixels = Type.Integer({ minimum: 1 })

/** Which widths and heights the model makes. */
export const SizeLimits = closed({
  /** Both sides are multiples of it. */
  step: Pixels,
  maxSide: Pixels,
  /** Longest long side, in short sides. */
  maxRatio: Type.Number({ minimum: 1 }),
  minPixels: Pixels,
  maxPixels: Pixels,
})
export type SizeLimits = Static<typeof SizeLimits>

/** Fields that not every server and model takes. */
const OptionalField = oneOf(['n', 'quality', 'background', 'output_format'])

const fields = {
  size: SizeLimits,
  /** Of the fields that may be left out, those that are sent. */
  send: Type.Array(OptionalField, { uniqueItems: true }),
  /** Null: not sent; OpenAI's own models refuse the field. */
  responseFormat: nullable(oneOf(['b64_json', 'url'])),
  /** Dollars per million tokens; null: nothing is paid by tokens. */
  prices: nullable(closed({ textIn: TokenPrice, pictureIn: TokenPrice, pictureOut: TokenPrice })),
}

export const ImagesParameters = closed(fields)
export type ImagesParameters = Static<typeof ImagesParameters>

/** A server of the operator's own that speaks OpenAI's API for pictures. */
export const CompatibleParameters = closed({
  ...fields,
  /** With its version, such as http://127.0.0.1:8080/v1. Only this host and port are reached, a private one too. */
  baseUrl: Type.String({ pattern: '^https?://[^/?#@\\s]+(/[^?#\\s]*)?$' }),
  /** Null: it asks for none. */
  key: nullable(Type.String({ pattern: '^[\\x21-\\x7e]+$' })),
})
export type CompatibleParameters = Static<typeof CompatibleParameters>

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
