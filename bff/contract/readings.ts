import { type Static, Type } from 'typebox'
import { closed } from './common.ts'

/** The parts of a prompt, as a reading gives them and the panel edits them; empty where the picture shows none. */
export const partNames = [
  'subject',
  'setting',
  'style',
  'composition',
  'light',
  'colour',
  'lens',
  'mood',
  'text',
  'negative',
] as const
export type PartName = (typeof partNames)[number]

const part = Type.String({ maxLength: 600 })
export const PromptParts = closed({
  subject: part,
  setting: part,
  style: part,
  composition: part,
  light: part,
  colour: part,
  lens: part,
  mood: part,
  /** Words that can be read in the picture, as they stand there. */
  text: part,
  /** What is to be kept out. */
  negative: part,
})
export type PromptParts = Static<typeof PromptParts>

/** A picture read into words, in both languages at once: no second reading is paid for the other one. */
export const Reading = closed({ en: PromptParts, ja: PromptParts })
export type Reading = Static<typeof Reading>
