import { createItem, type ItemDefinition, type StoredItem } from './item.ts'

/** Stored values of one kind under several ids, e.g. one draft per window: each its own key, so that none overwrites another. */
export interface ItemFamily<T> {
  item(id: string): StoredItem<T>
  /** The ids under which something is stored now. */
  ids(): Promise<string[]>
}

export function createFamily<T>(definition: ItemDefinition<T>): ItemFamily<T> {
  const prefix = `${definition.key}.`
  return {
    item: id => createItem({ ...definition, key: prefix + id }),
    ids: async () => {
      const stored = await chrome.storage[definition.area].get(null)
      return Object.keys(stored)
        .filter(key => key.startsWith(prefix))
        .map(key => key.slice(prefix.length))
    },
  }
}
