import { sourceBytes } from '../../sources/bytes.ts'
import { setAllSlots, setSlotState, setThumbnail } from '../../sources/store.ts'
import { studioStore } from '../store.ts'
import type { Draft } from './draft.ts'

/** Shows a draft in the panel: words and slots at once, the pictures as they are read back. */
export const restoreDraft = async ({ choices, slots }: Draft) => {
  studioStore.setState(choices)
  setAllSlots(slots)
  for (const { id, state } of slots) {
    if (state.kind !== 'ready') continue
    const stored = await sourceBytes.get(id)
    if (stored) setThumbnail(id, stored.thumbnail)
    else setSlotState(id, { kind: 'failed', reason: 'not_kept' })
  }
}
