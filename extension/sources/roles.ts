import type { Model, Role } from '../../bff/contract/models.ts'
import { isReady, type Slot } from './slot.ts'

/** How many pictures a model takes, and as what. */
export interface Places {
  max: Model['pictures']['max']
  roles: readonly Role[]
}

/** What a new picture is most likely for, while no model has been chosen. */
export const usualRoles: readonly Role[] = ['subject', 'style', 'composition', 'palette']

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

/** How a model would use the slots. A picture that could not be read takes nobody's place. */
export const assignSlots = (slots: readonly Slot[], { max, roles }: Places): AssignedSlot[] => {
  let places = max
  const taken: Role[] = []
  return slots.map(slot => {
    const role = roles.includes(slot.role) ? slot.role : firstFree(roles, taken)
    const used = slot.state.kind !== 'failed' && places > 0
    if (used) {
      places -= 1
      taken.push(role)
    }
    return { slot, role, used }
  })
}
