import { sourceBytes } from '../../sources/bytes.ts'
import { setAllSlots, setSlotState, setThumbnail, sourcesStore } from '../../sources/store.ts'
import { readingStore } from '../reading/reading-store.ts'
import { studioStore } from '../store.ts'
import type { Draft } from './draft.ts'

/** Shows a draft in the panel: words and slots at once, the pictures as they are read back. */
export const restoreDraft = async ({ choices, slots, awaited }: Draft) => {
  // What was typed or added in the moment before the draft came is newer than the draft.
  const { prompt } = studioStore.getState()
  studioStore.setState(prompt === '' ? choices : { ...choices, prompt, view: 'text' })
  readingStore.setState({ awaited })
  setAllSlots([...slots, ...sourcesStore.getState().slots])
  for (const { id, state } of slots) {
    if (state.kind !== 'ready') continue
    const stored = await sourceBytes.get(id)
    if (stored) setThumbnail(id, stored.thumbnail)
    else setSlotState(id, { kind: 'failed', reason: 'not_kept' })
  }
}
