import { type TSchema, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { closed } from '../../contract/common.ts'
import type { ProviderDescriptor, ProviderRequest } from '../provider.ts'

/** Price of one token in millionths of a US dollar: the same number as dollars per million tokens. */
export const TokenPrice = Type.Number({ minimum: 0 })

export const noParameters = closed({})

/** A check of entries' parameters by the shape that their kind has; a kind without one is not made by this provider. */
export function checkBy(
  shapes: Partial<Record<ProviderRequest['kind'], TSchema>>,
): ProviderDescriptor['wrongParameters'] {
  const compiled = new Map(Object.entries(shapes).map(([kind, shape]) => [kind, Compile(shape)]))
  return (kind, parameters) => {
    const shape = compiled.get(kind)
    if (!shape) return `its provider makes "${[...compiled.keys()].join('", "')}" only`
    const [error] = shape.Errors(parameters)
    return error ? `${error.instancePath || '/'} ${error.message}` : null
  }
}
