import type { SourceSpec } from '../../bff/contract/generations.ts'
import type { Model } from '../../bff/contract/models.ts'
import { sourceBytes } from './bytes.ts'
import { cleanPicture } from './clean/clean.ts'
import type { CleanPicture } from './clean/draw.ts'
import { ReadError } from './ladder/read-error.ts'
import { assignSlots } from './roles.ts'
import { isReady } from './slot.ts'
import { setSlotState, sourcesStore } from './store.ts'

/** Cleaned copies by slot and size: making one twice would only cost time. */
const cleaned = new Map<string, Promise<CleanPicture>>()

const cleanNow = async (id: string, maxSide: number) => {
  const stored = await sourceBytes.get(id)
  if (!stored) throw new ReadError('not_kept')
  return cleanPicture(stored.original, maxSide)
}

/** The copy of a slot's picture that would be sent to a model, as small as that model uses it. */
export const cleanCopy = (id: string, maxSide: number): Promise<CleanPicture> => {
  const key = `${id} ${maxSide}`
  const made = cleaned.get(key) ?? cleanNow(id, maxSide)
  cleaned.set(key, made)
  made.catch(() => cleaned.delete(key))
  return made
}

// A copy ends with its slot.
sourcesStore.subscribe(({ slots }) => {
  const live = new Set(slots.map(slot => slot.id))
  for (const key of cleaned.keys()) if (!live.has(key.split(' ')[0] ?? '')) cleaned.delete(key)
})

/** A slot that turned out not to be usable; its slot says so. */
export class PrepareError extends Error {
  override name = 'PrepareError'
}

const cleanSlot = async (id: string, maxSide: number) => {
  try {
    return (await cleanCopy(id, maxSide)).blob
  } catch (error) {
    if (!(error instanceof ReadError)) throw error
    setSlotState(id, { kind: 'failed', reason: error.reason })
    throw new PrepareError(error.reason, { cause: error })
  }
}

/** What goes to the backend for a model: facts and cleaned bytes of the slots it uses, in their order. */
export const prepareSources = async ({ pictures }: Model): Promise<{ specs: SourceSpec[]; blobs: Blob[] }> => {
  const used = assignSlots(sourcesStore.getState().slots, pictures).filter(({ slot, used }) => used && isReady(slot))
  const blobs = await Promise.all(used.map(({ slot }) => cleanSlot(slot.id, pictures.maxSide)))
  return { specs: used.map(({ slot, role }) => ({ role, weight: slot.weight })), blobs }
}
