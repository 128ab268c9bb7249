import type { StoredItem } from '../../platform/storage-item.ts'
import type { Intent } from '../submit/intent.ts'
import type { Draft } from './draft.ts'

interface KeeperDeps {
  item: StoredItem<Draft>
  /** The draft as the panel shows it now. */
  current(): Pick<Draft, 'choices' | 'slots'>
  intent: Intent | null
  now(): number
  /** Chrome's storage is full, or another reason why the draft lives only as long as the panel. */
  notKept(error: unknown): void
}

/**
 * Writes the draft of this window at every change, one write at a time: Chrome gives a closing window no moment to save
 * what is still waiting.
 */
export const createKeeper = ({ item, current, intent: stored, now, notKept }: KeeperDeps) => {
  let intent = stored
  let isChanged = false
  let isWriting = false

  const write = async () => {
    isChanged = false
    try {
      await item.set({ ...current(), intent, at: now() })
    } catch (error) {
      notKept(error)
    }
  }

  const writeUntilStill = async () => {
    isWriting = true
    while (isChanged) await write()
    isWriting = false
  }

  return {
    changed: () => {
      isChanged = true
      if (!isWriting) void writeUntilStill()
    },
    /** For pagehide: what came during a write does not wait for its end. */
    flush: () => {
      if (isChanged) void write()
    },
    intent: {
      current: async () => intent,
      /** Resolves when it is stored; with a full storage the press goes on, kept in memory. */
      keep: (kept: Intent | null): Promise<void> => {
        intent = kept
        return write()
      },
    },
  }
}

export type Keeper = ReturnType<typeof createKeeper>
