import { type Draft, isEmpty } from './draft.ts'

interface Known {
  windowId: string
  stored: ReadonlyMap<string, Draft>
  openWindows: ReadonlySet<string>
}

export interface Adoption {
  /** Whose draft this window goes on with; null begins an empty one. */
  from: string | null
  /** Drafts that nobody will take up any more. */
  forget: string[]
}

/** Drafts of closed windows that wait to be taken up; more would only keep pictures nobody misses. */
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
