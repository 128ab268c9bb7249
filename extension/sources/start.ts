import { pickKeys } from '../picking/protocol.ts'
import { type Stop, stopAll } from '../platform/stop.ts'
import { sourceBytes } from './bytes.ts'
import { openDoors } from './inputs/inputs.ts'
import { isTextField } from './inputs/transfer.ts'
import { askForCapacity, intake, page } from './intake.ts'
import { startPreparing } from './prepare.ts'
import type { Capacity } from './slots/roles.ts'
import { dropAllSlots } from './store.ts'
import { followActiveTab } from './strip/active-tab.ts'
import { pageStore } from './strip/page-store.ts'
import { startPreviews } from './strip/previews.ts'
import { startSmallestSide } from './strip/smallest-side.ts'

/** Keys in a field, or in a dialog over the panel, are theirs. */
const isElsewhere = (target: EventTarget | null) =>
  isTextField(target) || (target instanceof Element && target.closest('dialog') !== null)

/** While picking, keys pressed in the panel steer the outline in the page. */
const onKeyDown = (event: KeyboardEvent) => {
  const key = pickKeys.find(name => name === event.key)
  const { picking, at } = pageStore.getState()
  if (!key || !picking || event.isComposing || isElsewhere(event.target)) return
  // Nothing is outlined that Enter could take: it belongs to the button that has the focus.
  if (key === 'Enter' && !at) return
  event.preventDefault()
  event.stopPropagation()
  page.steer(key, event.shiftKey)
}

/** Opens the inputs, and follows the page in front of this window. `capacity`: what the chosen model takes. */
export async function startSources(windowId: number, capacity: () => Capacity | undefined): Promise<Stop> {
  askForCapacity(capacity)
  document.addEventListener('keydown', onKeyDown, { capture: true })
  const stops = [
    () => document.removeEventListener('keydown', onKeyDown, { capture: true }),
    startPreparing(),
    openDoors(windowId),
    () => page.follow(null),
    followActiveTab(windowId, page.follow),
  ]
  return stopAll([...stops, ...(await Promise.all([startPreviews(), startSmallestSide()]))])
}

/** The pictures are somebody's work; the page in front is not. */
export function forgetSources() {
  intake.stop()
  dropAllSlots()
  sourceBytes.forget()
}
