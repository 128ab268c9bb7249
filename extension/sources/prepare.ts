import type { SourceSpec } from '../../bff/contract/generations.ts'
import type { Stop } from '../platform/stop.ts'
import { sourceBytes } from './bytes.ts'
import { cleanPicture } from './clean/clean.ts'
import type { CleanPicture } from './clean/draw.ts'
import { minSide } from './clean/fit.ts'
import type { Edits } from './edit/edits.ts'
import { ReadError } from './readers/read-error.ts'
import type { Slot } from './slots/slot.ts'
import { setSlotState, sourcesStore } from './store.ts'

type Edited = Pick<Slot, 'id' | 'edits'>

/** Cleaned copies by slot and size, with the edits they were made with: making one twice would only cost time. */
const cleaned = new Map<string, { edits: Edits; copy: Promise<CleanPicture> }>()

const cleanNow = async ({ id, edits }: Edited, maxSide: number) => {
  const stored = await sourceBytes.get(id)
  if (!stored) throw new ReadError('not_kept')
  const copy = await cleanPicture(stored.original, maxSide, edits)
  // Scaled to the model's long side, of a strip too little is left; it is told, not bent out of shape.
  if (Math.min(copy.width, copy.height) < minSide) throw new ReadError('too_narrow')
  return copy
}

/** The copy of a slot's picture that would be sent to a model, as small as that model uses it. */
export const cleanCopy = ({ id, edits }: Edited, maxSide: number): Promise<CleanPicture> => {
  const key = `${id} ${maxSide}`
  const known = cleaned.get(key)
  if (known?.edits === edits) return known.copy
  const made = { edits, copy: cleanNow({ id, edits }, maxSide) }
  cleaned.set(key, made)
  made.copy.catch(() => {
    if (cleaned.get(key) === made) cleaned.delete(key)
  })
  return made.copy
}

/** A copy ends with its slot. */
export const startPreparing = (): Stop =>
  sourcesStore.subscribe(({ slots }) => {
    const live = new Set(slots.map(slot => slot.id))
    for (const key of cleaned.keys()) if (!live.has(key.split(' ')[0] ?? '')) cleaned.delete(key)
  })

/** A slot that turned out not to be usable; its slot says so. */
export class PrepareError extends Error {
  override name = 'PrepareError'
}

const cleanSlot = async (slot: Slot, maxSide: number) => {
  try {
    return (await cleanCopy(slot, maxSide)).blob
  } catch (error) {
    if (!(error instanceof ReadError)) throw error
    setSlotState(slot.id, { kind: 'failed', reason: error.reason })
    throw new PrepareError(error.reason, { cause: error })
  }
}

/** One picture to send: as what it counts, and how much. */
interface ToSend extends SourceSpec {
  slot: Slot
}

/** What goes to the backend: facts and cleaned bytes of these pictures, in their order, as small as the model uses them. */
export const preparePictures = async (
  pictures: readonly ToSend[],
  maxSide: number,
): Promise<{ specs: SourceSpec[]; blobs: Blob[] }> => ({
  specs: pictures.map(({ role, weight }) => ({ role, weight })),
  blobs: await Promise.all(pictures.map(({ slot }) => cleanSlot(slot, maxSide))),
})
