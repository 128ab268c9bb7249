import { settings } from '../platform/settings.ts'
import type { ListedKeys } from '../ui/listed-keys.ts'

/** Keys that act on the picture in focus or on show, for the help. */
export const resultShortcuts: readonly ListedKeys[] = [
  { keys: ['←', '→'], isLetter: false, does: 'results.keys.move' },
  { keys: ['J', 'K'], isLetter: true, does: 'results.keys.step' },
  { keys: ['F'], isLetter: true, does: 'results.keys.favourite' },
  { keys: ['D'], isLetter: true, does: 'results.keys.download' },
  { keys: ['Del'], isLetter: false, does: 'results.keys.delete' },
]

/** What decides about a key; both React's events and the browser's have it. */
interface KeyPress {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  repeat: boolean
  nativeEvent: { isComposing: boolean }
}

/**
 * The key of a press that may act on a picture, in lower case; null when it belongs to somebody else. Held arrows go on;
 * letters rest when the person has switched single-key shortcuts off.
 */
export function pictureKey({ key, ctrlKey, metaKey, altKey, repeat, nativeEvent }: KeyPress): string | null {
  if (ctrlKey || metaKey || altKey || nativeEvent.isComposing) return null
  if (repeat && !key.startsWith('Arrow')) return null
  if (key.length === 1 && !settings.getState().singleKeys) return null
  // The key with that name on a Mac is Backspace.
  return key === 'Backspace' ? 'delete' : key.toLowerCase()
}
