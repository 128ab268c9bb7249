import * as v from 'valibot'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { reset } from '../../platform/reset.ts'
import { listOf } from '../../platform/shape.ts'
import type { Stop } from '../../platform/stop.ts'
import { defineItem } from '../../platform/storage/items.ts'

const most = 4

const recentItem = defineItem<readonly string[]>({
  key: 'models',
  fallback: [],
  shape: listOf(v.string()),
})

const recentStore = createStore<{ ids: readonly string[] }>(() => ({ ids: [] }))

/** Ids of the models used last, newest first, in every window. */
export const useRecentModels = () => useStore(recentStore, ({ ids }) => ids)

export const startRecentModels = (): Promise<Stop> => recentItem.follow(ids => recentStore.setState({ ids }))

export const forgetRecentModels = () => reset(recentStore)

export const rememberModel = async (id: string) =>
  recentItem.set([id, ...(await recentItem.get()).filter(other => other !== id)].slice(0, most))
