import { type Static, Type } from 'typebox'
import { closed, perLanguage } from './common.ts'
import { type PartName, partNames } from './values.ts'

const part = Type.String({ maxLength: 600 })

/** Empty where the picture shows none. */
export const PromptParts = closed(
  Object.fromEntries(partNames.map(name => [name, part])) as Record<PartName, typeof part>,
)
export type PromptParts = Static<typeof PromptParts>

/** A picture read into words, in all languages at once: no second reading is paid for another one. */
export const Reading = perLanguage(PromptParts)
export type Reading = Static<typeof Reading>
