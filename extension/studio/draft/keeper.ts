import type { StoredItem } from '../../platform/storage/item.ts'
import type { Intent } from '../press/intent.ts'
import { type Draft, noIntents } from './draft.ts'

interface KeeperDeps {
  item: StoredItem<Draft>
  /** The draft as the panel shows it now. */
  current(): Pick<Draft, 'choices' | 'slots' | 'awaited'>
  intents: Draft['intents']
  now(): number
  /** Chrome's storage is full, or another reason why the draft lives only as long as the panel. */
  notKept(error: unknown): void
}

/**
 * Writes the draft of this window at every change, at once: Chrome gives a closing window no moment to save what waits for
 * an earlier write to end. Chrome stores what one panel writes in the order it was written.
 */
export const createKeeper = ({ item, current, intents: stored, now, notKept }: KeeperDeps) => {
  let intents = stored

  const write = () => item.set({ ...current(), intents, at: now() }).catch(notKept)

  return {
    changed: () => void write(),
    /** Whose presses they were is gone. */
    forget: () => {
      intents = noIntents
    },
    /** The unanswered press of a kind. */
    intentOf: (press: keyof Draft['intents']) => ({
      current: async () => intents[press],
      /** Resolves when it is stored; with a full storage the press goes on, kept in memory. */
      keep: (kept: Intent | null): Promise<void> => {
        intents = { ...intents, [press]: kept }
        return write()
      },
    }),
  }
}

export type Keeper = ReturnType<typeof createKeeper>
