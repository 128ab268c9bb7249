import type { ItemFamily } from '../../platform/storage/item.ts'
import { type Draft, emptyDraft, isEmpty } from './draft.ts'

interface Known {
  windowId: string
  stored: ReadonlyMap<string, Draft>
  openWindows: ReadonlySet<string>
}

interface Adoption {
  /** Whose draft this window goes on with; null begins an empty one. */
  from: string | null
  /** Drafts that nobody will adopt any more. */
  forget: string[]
}

/** Drafts of closed windows that wait to be adopted; more would only keep pictures nobody misses. */
const mostWaiting = 5

/** The window's own draft, else the newest one of a window that no longer exists. */
export const chooseDraft = ({ windowId, stored, openWindows }: Known): Adoption => {
  const own = stored.get(windowId)
  const left = [...stored].filter(([id]) => id !== windowId && !openWindows.has(id))
  const waiting = left.filter(([, draft]) => !isEmpty(draft)).sort(([, a], [, b]) => b.at - a.at)
  const adopted = own && !isEmpty(own) ? undefined : waiting.shift()?.[0]
  const kept = new Set(waiting.slice(0, mostWaiting).map(([id]) => id))
  const from = adopted ?? (own ? windowId : null)
  return { from, forget: left.map(([id]) => id).filter(id => id !== adopted && !kept.has(id)) }
}

interface AdoptDeps {
  drafts: ItemFamily<Draft>
  windowId: number
  openWindows(): Promise<readonly number[]>
  /** One panel at a time: two that open together must not adopt the same draft. */
  exclusively<T>(run: () => Promise<T>): Promise<T>
  /** Deletes pictures that belong to no draft. */
  sweep(isKnown: (slotId: string) => boolean): Promise<void>
}

/** Finds the draft this window goes on with, makes it its own, and clears away what belongs to no draft. */
export const adoptDraft = ({ drafts, windowId, openWindows, exclusively, sweep }: AdoptDeps): Promise<Draft> =>
  exclusively(async () => {
    const own = String(windowId)
    const stored = new Map<string, Draft>()
    for (const id of await drafts.ids()) stored.set(id, await drafts.item(id).get())
    const open = new Set((await openWindows()).map(String))
    const { from, forget } = chooseDraft({ windowId: own, stored, openWindows: open })
    const draft = (from !== null && stored.get(from)) || emptyDraft
    if (from !== null && from !== own) {
      await drafts.item(own).set(draft)
      forget.push(from)
    }
    for (const id of forget) {
      await drafts.item(id).remove()
      stored.delete(id)
    }
    stored.set(own, draft)
    const known = new Set([...stored.values()].flatMap(({ slots }) => slots.map(slot => slot.id)))
    await sweep(id => known.has(id))
    return draft
  })
