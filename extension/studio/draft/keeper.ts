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

/** Typing stores once per pause, not once per letter. */
const pause = 300

/** Writes the draft of this window after changes, and at once where it matters. */
export const createKeeper = ({ item, current, intent: stored, now, notKept }: KeeperDeps) => {
  let intent = stored
  let timer: ReturnType<typeof setTimeout> | undefined

  const write = () => {
    clearTimeout(timer)
    timer = undefined
    return item.set({ ...current(), intent, at: now() })
  }

  return {
    changed: () => {
      timer ??= setTimeout(() => write().catch(notKept), pause)
    },
    /** For pagehide: begins to write before this returns, which is all the time there is. */
    flush: () => {
      if (timer) write().catch(notKept)
    },
    intent: {
      current: async () => intent,
      /** Resolves when it is stored; with a full storage the press goes on, kept in memory. */
      keep: async (kept: Intent | null) => {
        intent = kept
        await write().catch(notKept)
      },
    },
  }
}

export type Keeper = ReturnType<typeof createKeeper>
