import type { ListedKeys } from '../../ui/listed-keys.ts'

/** Keys that act on the slot in focus, for the help. */
export const slotShortcuts: readonly ListedKeys[] = [
  { keys: ['L'], isLetter: true, does: 'sources.keys.lock' },
  { keys: ['Alt', '←', '→'], isLetter: false, does: 'sources.keys.move' },
]
