import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { Role } from '../../bff/contract/models.ts'
import { reset } from '../platform/reset.ts'
import type { Edits } from './edit/edits.ts'
import type { Origin, Slot, SlotState } from './slots/slot.ts'

export interface Sources {
  slots: readonly Slot[]
  /** Object URLs of the small copies shown in the slots. */
  thumbnails: Readonly<Record<string, string>>
}

/** The draft's pictures. Changed only by the functions below. */
export const sourcesStore = createStore<Sources>(() => ({ slots: [], thumbnails: {} }))

export const useSources = <T>(select: (sources: Sources) => T): T => useStore(sourcesStore, select)

const setSlots = (change: (slots: readonly Slot[]) => readonly Slot[]) =>
  sourcesStore.setState(({ slots }) => ({ slots: change(slots) }))

const changeSlot = (id: string, change: Partial<Slot>) =>
  setSlots(slots => slots.map(slot => (slot.id === id ? { ...slot, ...change } : slot)))

export const findSlot = (id: string) => sourcesStore.getState().slots.find(slot => slot.id === id)

export const insertSlot = (slot: Slot, at = sourcesStore.getState().slots.length) =>
  setSlots(slots => slots.toSpliced(at, 0, slot))

export const dropSlot = (id: string) => {
  setThumbnail(id, null)
  setSlots(slots => slots.filter(slot => slot.id !== id))
}

export const setSlotState = (id: string, state: SlotState) => changeSlot(id, { state })

/** The page lists a picture that came in by its address: from now on it is known where it is. */
export const setOrigin = (id: string, origin: Origin) => changeSlot(id, { origin })

export const setEdits = (id: string, edits: Edits) => changeSlot(id, { edits })

export const setRole = (id: string, role: Role) => changeSlot(id, { role })

export const setWeight = (id: string, weight: number) =>
  changeSlot(id, { weight: Math.round(Math.min(100, Math.max(0, weight))) })

export const setLocked = (id: string, locked: boolean) => changeSlot(id, { locked })

/** Moves a slot by `steps` places; it stops at the ends. */
export const moveSlot = (id: string, steps: number) =>
  setSlots(slots => {
    const from = slots.findIndex(slot => slot.id === id)
    const slot = slots[from]
    if (!slot) return slots
    const to = Math.min(slots.length - 1, Math.max(0, from + steps))
    return slots.toSpliced(from, 1).toSpliced(to, 0, slot)
  })

/** Shows a small copy in a slot; null takes it away and frees its memory. */
export const setThumbnail = (id: string, thumbnail: Blob | null) => {
  const { [id]: old, ...others } = sourcesStore.getState().thumbnails
  if (old) URL.revokeObjectURL(old)
  sourcesStore.setState({ thumbnails: thumbnail ? { ...others, [id]: URL.createObjectURL(thumbnail) } : others })
}

/** Takes all slots away and frees the memory of their copies. */
export const dropAllSlots = () => {
  for (const url of Object.values(sourcesStore.getState().thumbnails)) URL.revokeObjectURL(url)
  reset(sourcesStore)
}

/** Replaces all slots: a draft was taken up. */
export const setAllSlots = (slots: readonly Slot[]) => setSlots(() => slots)
