import type { Model, Role } from '../../../bff/contract/models.ts'
import { isReady, maxSlots, type Slot } from './slot.ts'

/** How many pictures a model takes, and as what. */
export interface Capacity {
  max: Model['pictures']['max']
  roles: readonly Role[]
}

/** What a new picture is most likely for, while no model has been chosen. */
export const usualRoles: readonly Role[] = ['subject', 'style', 'composition', 'palette']

/** No model chosen yet: everything counts as used. */
export const fullCapacity: Capacity = { max: maxSlots, roles: usualRoles }

const firstFree = (offered: readonly Role[], taken: readonly Role[]): Role =>
  offered.find(role => !taken.includes(role)) ?? offered.at(-1) ?? 'free'

/** The role of the next picture: the first that no slot has yet. */
export const nextRole = (slots: readonly Slot[], offered: readonly Role[] = usualRoles) =>
  firstFree(
    offered,
    slots.map(slot => slot.role),
  )

export interface AssignedSlot {
  slot: Slot
  /** The slot's own role, or the nearest that this model knows. */
  role: Role
  /** False: this model takes fewer pictures; the slot is kept for another. */
  used: boolean
}

/** The slots whose pictures are sent, in their order. */
export const sentSlots = (assigned: readonly AssignedSlot[]): AssignedSlot[] =>
  assigned.filter(({ slot, used }) => used && isReady(slot))

/** Slots a model would use: the locked ones first, because the person wants to keep them. */
const usedSlots = (slots: readonly Slot[], max: number): ReadonlySet<Slot> => {
  const usable = slots.filter(({ state }) => state.kind !== 'failed')
  const inOrder = [...usable.filter(({ locked }) => locked), ...usable.filter(({ locked }) => !locked)]
  return new Set(inOrder.slice(0, max))
}

/** How a model would use the slots. A picture that could not be read takes nobody's room. */
export const assignSlots = (slots: readonly Slot[], { max, roles }: Capacity): AssignedSlot[] => {
  const usedOnes = usedSlots(slots, max)
  const taken: Role[] = []
  return slots.map(slot => {
    const role = roles.includes(slot.role) ? slot.role : firstFree(roles, taken)
    const used = usedOnes.has(slot)
    if (used) taken.push(role)
    return { slot, role, used }
  })
}

/** Whether one more picture would not be used, and which slot may then give way: the first that is not locked. */
export const findRoom = (slots: readonly Slot[], { max }: Capacity): { isFull: boolean; givenUp: Slot | undefined } => {
  const used = usedSlots(slots, max)
  // A model that takes none at all would use none instead either.
  const isTaken = max > 0 && used.size >= max
  const isFull = isTaken || slots.length >= maxSlots
  const candidates = isTaken ? slots.filter(slot => used.has(slot)) : slots
  return { isFull, givenUp: isFull ? candidates.find(({ locked }) => !locked) : undefined }
}
