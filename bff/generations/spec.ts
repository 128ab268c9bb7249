import { Compile } from 'typebox/compile'
import { GenerationSpec } from '../contract/generations.ts'
import { ProblemError } from '../contract/problems.ts'
import { price } from '../credits/prices.ts'
import { parseStrictJson } from '../http/strict-json.ts'
import type { ModelEntry, Registry } from '../models/registry.ts'

const shape = Compile(GenerationSpec)

/** The `spec` field as a GenerationSpec; throws unknown_field or invalid_request. */
export function parseSpec(text: string): GenerationSpec {
  const value = parseStrictJson(text)
  if (shape.Check(value)) return value
  const isUnknownField = shape.Errors(value).some(error => error.keyword === 'additionalProperties')
  throw new ProblemError(isUnknownField ? 'unknown_field' : 'invalid_request')
}

/** The same text for the same request, whatever the order of its keys was. */
export function canonicalSpec({ model, prompt, sources, options, price }: GenerationSpec): string {
  const { aspect, size, seed = null } = options
  return JSON.stringify([model, prompt, sources.map(({ role, weight }) => [role, weight]), aspect, size, seed, price])
}

/** What the catalogue says about a request. */
export interface Order {
  model: ModelEntry
  longSide: number
  price: number
}

/** Holds a request against its model's entry: known, live, offered, and at the price the person saw. */
export function checkOrder(registry: Registry, { model: id, sources, options, price: quoted }: GenerationSpec): Order {
  const model = registry.find(id)
  if (!model) throw new ProblemError('model_unknown')
  if (model.status === 'retired')
    throw new ProblemError('model_retired', model.successor === null ? undefined : { successor: model.successor })

  const { pictures, sizes, aspects } = model
  if (sources.length < pictures.min) throw new ProblemError('picture_missing', { min: pictures.min })
  if (sources.length > pictures.max) throw new ProblemError('too_many_pictures', { max: pictures.max })
  const size = sizes.find(({ name }) => name === options.size)
  if (!size) throw new ProblemError('option_not_offered', { option: 'size' })
  if (!aspects.includes(options.aspect)) throw new ProblemError('option_not_offered', { option: 'aspect' })
  if (options.seed !== undefined && !model.options.seed)
    throw new ProblemError('option_not_offered', { option: 'seed' })
  if (sources.some(source => !pictures.roles.includes(source.role)))
    throw new ProblemError('option_not_offered', { option: 'role' })

  const due = price(model.price, size.name, sources.length)
  if (due !== quoted) throw new ProblemError('price_changed', { price: due })
  return { model, longSide: size.longSide, price: due }
}
