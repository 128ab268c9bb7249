/** Shapes of what a draft is made of. What is damaged is as if it had never been chosen, written or picked. */
import * as v from 'valibot'
import type { Aspect, Role } from '../../../bff/contract/models.ts'
import { eachLanguage, languageCodes } from '../../../bff/contract/values.ts'
import { count, flagOrNot, type Shape, textOrNone, textOrNull, word } from '../../platform/shape.ts'
import { noEdits } from '../../sources/edit/edits.ts'
import { readEdits } from '../../sources/edit/read-edits.ts'
import { readFailures } from '../../sources/readers/read-error.ts'
import type { Slot, SlotState } from '../../sources/slots/slot.ts'
import type { Choices } from '../order/choices.ts'
import type { Intent } from '../press/intent.ts'
import { eachPart, emptyParts } from '../prompt/parts/parts.ts'

const PartShape = v.fallback(
  v.object({ ...eachLanguage(() => textOrNone), locked: flagOrNot, read: v.exactOptional(v.literal(true)) }),
  emptyParts.subject,
)

/** A model's ratios, sizes and qualities are the catalogue's to know. */
export const ChoicesShape = v.object({
  prompt: textOrNone,
  parts: v.fallback(v.object(eachPart(() => PartShape)), emptyParts),
  view: v.fallback(v.picklist(['text', 'parts']), 'text'),
  textOfParts: textOrNone,
  language: v.fallback(v.nullable(v.picklist(languageCodes)), null),
  modelId: textOrNull,
  readerId: textOrNull,
  aspect: v.fallback(v.nullable(word<Aspect>()), null),
  size: textOrNull,
  quality: textOrNull,
  count: v.fallback(v.pipe(count, v.minValue(1)), 1),
  transparent: flagOrNot,
  seed: v.fallback(v.nullable(count), null),
}) satisfies Shape<Choices>

export const IntentShape = v.object({ key: v.string(), fingerprint: v.string(), at: count }) satisfies Shape<Intent>

const OriginShape = v.variant('kind', [
  v.object({ kind: v.literal('page'), tabId: count, frame: v.string(), pictureId: count }),
  v.object({ kind: v.picklist(['menu', 'pasted', 'dropped', 'file', 'result']) }),
])

const interrupted = { kind: 'failed', reason: 'interrupted' } as const

/** A slot that was being read when the panel closed has lost its address: the person picks it again. */
const StateShape = v.fallback(
  v.variant('kind', [
    v.object({
      kind: v.literal('ready'),
      width: count,
      height: count,
      bytes: count,
      animated: flagOrNot,
      isPart: v.exactOptional(v.boolean()),
    }),
    v.object({ kind: v.literal('failed'), reason: v.picklist(readFailures) }),
  ]),
  interrupted,
)

/** A picture whose edits are damaged is not used at all: the person hid something in it. */
const withEdits = (state: SlotState, edits: unknown): Pick<Slot, 'state' | 'edits'> => {
  const read = state.kind === 'ready' && edits !== undefined ? readEdits(edits, state) : noEdits
  return read ? { state, edits: read } : { state: { kind: 'failed', reason: 'not_kept' }, edits: noEdits }
}

export const SlotShape = v.pipe(
  v.object({
    id: v.string(),
    role: word<Role>(),
    weight: v.pipe(count, v.maxValue(100)),
    locked: flagOrNot,
    name: v.string(),
    origin: OriginShape,
    state: StateShape,
    edits: v.optional(v.unknown()),
  }),
  v.transform(({ state, edits, ...slot }): Slot => ({ ...slot, ...withEdits(state, edits) })),
)
