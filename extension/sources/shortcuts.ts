import type { PictureShortcut } from '../results/shortcuts.ts'

/** Keys that act on the slot in focus, for the help. */
export const slotShortcuts: readonly PictureShortcut[] = [
  { keys: ['L'], isLetter: true, does: 'sources.keys.lock' },
  { keys: ['Alt', '←', '→'], isLetter: false, does: 'sources.keys.move' },
]
