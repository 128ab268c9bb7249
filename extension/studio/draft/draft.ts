import type { Role } from '../../../bff/contract/models.ts'
import { isRecord, oneOf } from '../../platform/storage/item.ts'
import { defineFamily } from '../../platform/storage/items.ts'
import { noEdits } from '../../sources/edit/edits.ts'
import { readEdits } from '../../sources/edit/read-edits.ts'
import { readFailures } from '../../sources/readers/read-error.ts'
import type { Origin, Slot, SlotState } from '../../sources/slots/slot.ts'
import { type Choices, noChoices } from '../order/choices.ts'
import { type Intent, type PressName, pressNames } from '../press/intent.ts'
import { areEmpty } from '../prompt/parts/parts.ts'
import { readChoices } from './read-choices.ts'

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

const eachIntent = (read: (name: PressName) => Intent | null) =>
  Object.fromEntries(pressNames.map(name => [name, read(name)])) as Draft['intents']

export const noIntents = eachIntent(() => null)

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

const isText = (value: unknown): value is string => typeof value === 'string'
const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 0

const readOrigin = (value: unknown): Origin | undefined => {
  if (!isRecord(value)) return undefined
  const { kind, tabId, frame, pictureId } = value
  if (kind === 'page')
    return isCount(tabId) && isText(frame) && isCount(pictureId) ? { kind, tabId, frame, pictureId } : undefined
  const plain = oneOf(['menu', 'pasted', 'dropped', 'file', 'result'], kind)
  return plain && { kind: plain }
}

/** A slot that was being read when the panel closed has lost its address: the person picks it again. */
const readState = (value: unknown): SlotState => {
  if (isRecord(value) && value.kind === 'ready') {
    const { width, height, bytes, animated, isPart } = value
    if (isCount(width) && isCount(height) && isCount(bytes))
      return { kind: 'ready', width, height, bytes, animated: animated === true, ...(isPart === true && { isPart }) }
  }
  const reason = isRecord(value) && value.kind === 'failed' ? oneOf(readFailures, value.reason) : undefined
  return { kind: 'failed', reason: reason ?? 'interrupted' }
}

/** A picture whose edits are damaged is not used at all: the person hid something in it. */
const readPicture = (value: Record<string, unknown>): Pick<Slot, 'state' | 'edits'> => {
  const state = readState(value.state)
  const edits = state.kind === 'ready' && value.edits !== undefined ? readEdits(value.edits, state) : noEdits
  return edits ? { state, edits } : { state: { kind: 'failed', reason: 'not_kept' }, edits: noEdits }
}

const readSlot = (value: unknown): Slot[] => {
  if (!isRecord(value)) return []
  const { id, role, weight, name } = value
  const origin = readOrigin(value.origin)
  if (!isText(id) || !isText(role) || !isText(name) || !isCount(weight) || weight > 100 || !origin) return []
  return [{ id, role: role as Role, weight, locked: value.locked === true, name, origin, ...readPicture(value) }]
}

const readIntent = (value: unknown): Intent | null => {
  if (!isRecord(value)) return null
  const { key, fingerprint, at } = value
  return isText(key) && isText(fingerprint) && isCount(at) ? { key, fingerprint, at } : null
}

const readIntents = (value: unknown) => eachIntent(name => (isRecord(value) ? readIntent(value[name]) : null))

/** Part by part: one damaged slot does not cost the words. */
export const readDraft = (value: unknown): Draft | undefined =>
  isRecord(value)
    ? {
        choices: readChoices(value.choices),
        slots: Array.isArray(value.slots) ? value.slots.flatMap(readSlot) : [],
        intents: readIntents(value.intents),
        awaited: isText(value.awaited) ? value.awaited : null,
        at: isCount(value.at) ? value.at : 0,
      }
    : undefined

/** Versions 1 and 2 kept each unanswered press under a name of its own. */
const withIntents = (draft: unknown) =>
  isRecord(draft) ? { ...draft, intents: { making: draft.intent, reading: draft.readingIntent } } : draft

/** One draft per window, under the window's id. */
export const drafts = defineFamily<Draft>({
  key: 'draft',
  fallback: emptyDraft,
  read: readDraft,
  // Version 1 knew neither parts nor readings: what is not there reads as empty.
  upgrades: { 1: draft => draft, 2: withIntents },
})
