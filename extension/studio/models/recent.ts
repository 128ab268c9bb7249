import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { defineItem } from '../../platform/storage/items.ts'

const most = 4

const recentItem = defineItem<readonly string[]>({
  key: 'models',
  version: 1,
  fallback: [],
  read: value => (Array.isArray(value) ? value.filter((id): id is string => typeof id === 'string') : undefined),
})

const recentStore = createStore<{ ids: readonly string[] }>(() => ({ ids: [] }))

/** Ids of the models used last, newest first, in every window. */
export const useRecentModels = () => useStore(recentStore, ({ ids }) => ids)

export const startRecentModels = async () => {
  recentItem.watch(ids => recentStore.setState({ ids }))
  recentStore.setState({ ids: await recentItem.get() })
}

export const rememberModel = async (id: string) =>
  recentItem.set([id, ...(await recentItem.get()).filter(other => other !== id)].slice(0, most))
