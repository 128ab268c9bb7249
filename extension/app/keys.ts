/** The keyboard map of the whole panel, as data: the listener and the help read the same list. */

import { isComposing } from '../ui/composing.ts'

export type KeyAction = 'generate' | 'prompt' | 'pick' | 'undo' | 'make' | 'history' | 'help'

export interface Shortcut {
  action: KeyAction
  /** KeyboardEvent.key, lower case. */
  key: string
  /** Together with Ctrl, or Cmd on a Mac. */
  withModifier?: boolean
  /** Also while the caret stands in a text field. */
  whileTyping?: boolean
}

export const shortcuts: readonly Shortcut[] = [
  { action: 'generate', key: 'enter', withModifier: true, whileTyping: true },
  { action: 'prompt', key: '/' },
  { action: 'pick', key: 'p' },
  { action: 'undo', key: 'z', withModifier: true },
  { action: 'make', key: 'm' },
  { action: 'history', key: 'h' },
  { action: 'help', key: '?' },
]

/** The part of a KeyboardEvent that decides. */
export type KeyPress = Pick<
  KeyboardEvent,
  'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing' | 'keyCode' | 'repeat' | 'defaultPrevented'
>

/** What a key press asks for; null when it belongs to the text, to an input method, or to nobody. */
export function actionOf(press: KeyPress, { typing, singleKeys }: { typing: boolean; singleKeys: boolean }) {
  if (press.defaultPrevented || press.repeat || press.altKey || isComposing(press)) return null
  const withModifier = press.ctrlKey || press.metaKey
  if (!withModifier && !singleKeys) return null
  const found = shortcuts.find(
    shortcut =>
      shortcut.key === press.key.toLowerCase() &&
      Boolean(shortcut.withModifier) === withModifier &&
      (shortcut.whileTyping || !typing),
  )
  return found?.action ?? null
}

const textField = 'input:not([type=checkbox], [type=radio], [type=range], [type=button]), textarea, [contenteditable]'

/** Whether keys typed now go into this element as text. */
export const acceptsText = (element: Element | null): boolean => element?.matches(textField) ?? false
