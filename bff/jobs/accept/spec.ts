import { Compile } from 'typebox/compile'
import type { ChosenOptions } from '../../contract/chosen-options.ts'
import { GenerationSpec } from '../../contract/generations.ts'
import { ProblemError } from '../../contract/problems.ts'
import { priceOf } from '../../contract/values.ts'
import { parseStrictJson } from '../../http/strict-json.ts'
import type { Offer } from '../../models/offer.ts'
import type { ModelEntry } from '../../models/registry.ts'

const shape = Compile(GenerationSpec)

/** The `spec` field as a GenerationSpec; throws unknown_field or invalid_request. */
export function parseSpec(text: string): GenerationSpec {
  const value = parseStrictJson(text)
  if (shape.Check(value)) return value
  const isUnknownField = shape.Errors(value).some(error => error.keyword === 'additionalProperties')
  throw new ProblemError(isUnknownField ? 'unknown_field' : 'invalid_request')
}

/** The same text for the same request, whatever the order of its keys was. */
export function canonicalSpec({ model, prompt, negative, sources, options, price }: GenerationSpec): string {
  const { aspect, size, seed = null, quality = null, count = 1, transparent = false } = options
  const chosen = [aspect, size, seed, quality, count, negative, transparent]
  return JSON.stringify([model, prompt, sources.map(({ role, weight }) => [role, weight]), chosen, price])
}

/** What the catalogue says about a request. */
export interface Order {
  model: ModelEntry
  longSide: number
  /** What was left out, filled in. */
  options: Omit<ChosenOptions, 'seed'>
  price: number
}

/** Holds a request against its model's entry: known, live, offered, and at the price the person saw. */
export function checkOrder(
  offer: Offer,
  { model: id, prompt, negative, sources, options, price: quoted }: GenerationSpec,
): Order {
  const model = offer.registry.find(id)
  if (!model) throw new ProblemError('model_unknown')
  offer.checkOpen(model)

  const { pictures } = model
  if (sources.length < pictures.min) throw new ProblemError('picture_missing', { min: pictures.min })
  if (sources.length > pictures.max) throw new ProblemError('too_many_pictures', { max: pictures.max })
  const size = model.sizes.find(({ name }) => name === options.size)
  const wrong = size === undefined ? 'size' : wrongOption(model, sources, negative, options)
  if (!size || wrong) throw new ProblemError('option_not_offered', { option: wrong! })
  if ([...prompt].length > model.promptMax) throw new ProblemError('prompt_too_long', { max: model.promptMax })

  const { aspect, count = 1, transparent = false } = options
  const chosen = { aspect, size: size.name, quality: options.quality ?? defaultQuality(model), count, transparent }
  const due = priceOf(model.price, chosen, sources.length)
  if (due !== quoted) throw new ProblemError('price_changed', { price: due })
  return { model, longSide: size.longSide, options: chosen, price: due }
}

/** The first, where the person left it to us. */
const defaultQuality = ({ options }: ModelEntry): string | null => options.qualities[0] ?? null

/** Name of the first choice that this model does not offer. */
function wrongOption(
  { aspects, options: offered, pictures }: ModelEntry,
  sources: GenerationSpec['sources'],
  negative: string,
  { aspect, seed = null, quality = null, count = 1, transparent = false }: GenerationSpec['options'],
): string | undefined {
  if (!aspects.includes(aspect)) return 'aspect'
  if (seed !== null && !offered.seed) return 'seed'
  if (quality !== null && !offered.qualities.includes(quality)) return 'quality'
  if (count > offered.maxCount) return 'count'
  if (negative !== '' && !offered.negative) return 'negative'
  if (transparent && !offered.transparent) return 'transparent'
  if (sources.some(source => !pictures.roles.includes(source.role))) return 'role'
  return undefined
}
