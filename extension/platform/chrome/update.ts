import { createStore } from 'zustand/vanilla'

/** Set once the backend has said that it no longer serves this version. */
export const update = createStore(() => ({ isNeeded: false }))

/** Asks Chrome for the new version and starts it; false when there is none yet. The panel closes, the draft is stored. */
export async function installUpdate(): Promise<boolean> {
  const { status } = await chrome.runtime.requestUpdateCheck()
  if (status !== 'update_available') return false
  chrome.runtime.reload()
  return true
}
