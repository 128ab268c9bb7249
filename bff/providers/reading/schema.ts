import { partNames } from '../../contract/values.ts'

/** The object of both languages as JSON Schema, in the subset that every provider's constrained output understands. */
const object = (names: readonly string[], property: unknown) => ({
  type: 'object',
  properties: Object.fromEntries(names.map(name => [name, property])),
  required: names,
  additionalProperties: false,
})

/** What a reading model is to answer. Lengths are cut by us: providers' schemas do not all know them. */
export const readingSchema = object(['en', 'ja'], object(partNames, { type: 'string' }))
