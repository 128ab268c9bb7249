import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { Stop } from './stop.ts'
import { type Settings, settingsItem } from './storage/items.ts'

/** The person's small settings, the same in every open panel. */
export const settings = createStore<Settings>(() => ({
  theme: 'system',
  language: 'auto',
  singleKeys: true,
  welcomed: true,
}))

export const useSettings = <T>(select: (settings: Settings) => T): T => useStore(settings, select)

/** Reads the settings and follows them; await it before the first render, so that nothing changes under the eye. */
export const startSettings = (): Promise<Stop> => settingsItem.follow(value => settings.setState(value))

/** Shows at once, then stores; two panels that change different settings do not undo each other. */
export async function changeSettings(change: Partial<Settings>) {
  settings.setState(change)
  await navigator.locks.request('mimicit-settings', async () =>
    settingsItem.set({ ...(await settingsItem.get()), ...change }),
  )
}
