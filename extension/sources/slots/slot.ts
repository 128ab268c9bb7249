import type { Role } from '../../../bff/contract/models.ts'
import type { Edits } from '../edit/edits.ts'
import type { ReadFailure } from '../readers/read-error.ts'

/** Which picture of which page; tells the strip what is taken. Never an address. */
export interface PageOrigin {
  kind: 'page'
  tabId: number
  frame: string
  pictureId: number
}

/** By which input the picture came in. */
export type Origin = PageOrigin | { kind: 'menu' | 'pasted' | 'dropped' | 'file' | 'result' }

export type SlotState =
  | { kind: 'loading' }
  | { kind: 'failed'; reason: ReadFailure }
  | { kind: 'ready'; width: number; height: number; bytes: number; animated: boolean; isPart?: boolean }

/** One picture to make something from. Its bytes lie in IndexedDB under the same id; its page's address lies nowhere. */
export interface Slot {
  id: string
  role: Role
  /** 0 to 100. */
  weight: number
  /** Stays when others are cleared or give way. */
  locked: boolean
  /** Alt text or file name, to tell the slots apart; stays on the device. */
  name: string
  origin: Origin
  state: SlotState
  edits: Edits
}

export const maxSlots = 16

export const isReady = (slot: Slot): slot is Slot & { state: { kind: 'ready' } } => slot.state.kind === 'ready'

export const isSamePicture = (origin: Origin, other: PageOrigin) =>
  origin.kind === 'page' &&
  origin.tabId === other.tabId &&
  origin.frame === other.frame &&
  origin.pictureId === other.pictureId
