import { pickKeys } from '../picking/protocol.ts'
import { isTextField } from './inputs/transfer.ts'
import { page } from './intake.ts'
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

/** Follows the page in front of this window. */
export const startPage = (windowId: number) => {
  document.addEventListener('keydown', onKeyDown, { capture: true })
  followActiveTab(windowId, page.follow)
  void startPreviews()
  void startSmallestSide()
}
