import * as v from 'valibot'
import { count, listOf, readAs, type Shape, textOrNull } from '../../platform/shape.ts'
import { defineFamily } from '../../platform/storage/items.ts'
import type { Slot } from '../../sources/slots/slot.ts'
import { type Choices, noChoices } from '../order/choices.ts'
import { type Intent, type PressName, pressNames } from '../press/intent.ts'
import { areEmpty } from '../prompt/parts/parts.ts'
import { ChoicesShape, IntentShape, SlotShape } from './shapes.ts'

/** All that a window's panel must find again: after closing, an update, a crash. */
export interface Draft {
  choices: Choices
  slots: readonly Slot[]
  /** Of each kind of press the one whose answer has not come. */
  intents: Readonly<Record<PressName, Intent | null>>
  /** Id of the reading whose words are not in the parts yet. */
  awaited: string | null
  /** Last change, milliseconds since 1970. */
  at: number
}

const eachPress = <T>(value: T) => Object.fromEntries(pressNames.map(name => [name, value])) as Record<PressName, T>

export const noIntents: Draft['intents'] = eachPress(null)

export const emptyDraft: Draft = {
  choices: noChoices,
  slots: [],
  intents: noIntents,
  awaited: null,
  at: 0,
}

export const isEmpty = ({ choices, slots, intents, awaited }: Draft) =>
  choices.prompt === '' &&
  areEmpty(choices.parts) &&
  slots.length === 0 &&
  awaited === null &&
  pressNames.every(name => intents[name] === null)

/** Part by part: one damaged slot does not cost the words. */
const DraftShape = v.object({
  choices: v.fallback(ChoicesShape, noChoices),
  slots: v.fallback(listOf(SlotShape), []),
  intents: v.fallback(v.object(eachPress(v.fallback(v.nullable(IntentShape), null))), noIntents),
  awaited: textOrNull,
  at: v.fallback(count, 0),
}) satisfies Shape<Draft>

export const readDraft = (value: unknown): Draft | undefined => readAs(DraftShape, value)

/** Versions 1 and 2 kept each unanswered press under a name of its own. */
const withIntents = (draft: unknown) => {
  const { intent, readingIntent, ...rest } = v.parse(v.looseObject({}), draft)
  return { ...rest, intents: { making: intent, reading: readingIntent } }
}

/** One draft per window, under the window's id. */
export const drafts = defineFamily<Draft>({
  key: 'draft',
  fallback: emptyDraft,
  shape: DraftShape,
  // Version 1 knew neither parts nor readings: what is not there reads as empty.
  upgrades: { 1: draft => draft, 2: withIntents },
})
