import type { ItemFamily } from '../../platform/storage/item.ts'
import { chooseDraft } from './adoption.ts'
import { type Draft, emptyDraft } from './draft.ts'

interface TakeUpDeps {
  drafts: ItemFamily<Draft>
  windowId: number
  openWindows(): Promise<readonly number[]>
  /** One panel at a time: two that open together must not take up the same draft. */
  exclusively<T>(run: () => Promise<T>): Promise<T>
  /** Deletes pictures that belong to no draft. */
  sweep(isKnown: (slotId: string) => boolean): Promise<void>
}

/** Finds the draft this window goes on with, makes it its own, and clears away what belongs to no draft. */
export const takeUpDraft = ({ drafts, windowId, openWindows, exclusively, sweep }: TakeUpDeps): Promise<Draft> =>
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
