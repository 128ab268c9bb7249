import * as v from 'valibot'
import { readAs, type Shape } from '../shape.ts'

/**
 * One stored value of chrome.storage: versioned, checked on every read, its default when absent, corrupt or from a newer
 * release. Upgrades are pure and run on read, so two contexts that read at once cannot race; the new shape is stored with
 * the next write.
 */
export interface StoredItem<T> {
  get(): Promise<T>
  /** Rejects with StorageFullError when Chrome's quota is reached. */
  set(value: T): Promise<void>
  remove(): Promise<void>
  /** Calls back with the new value when any context changed it; returns the way to stop. */
  watch(onChange: (value: T) => void): () => void
  /**
   * Calls back with the value there is, then with every new one; resolves with the way to stop. Chrome tells changes and
   * answers questions in no fixed order: once a change was told, an answer may be older and no longer counts.
   */
  follow(onValue: (value: T) => void): Promise<() => void>
}

export interface ItemDefinition<T> {
  area: 'local' | 'session'
  key: string
  version: number
  fallback: T
  /** The check: what has not this shape is never given out. */
  shape: Shape<T>
  /** `upgrades[n]` turns the shape of version n into that of n + 1. */
  upgrades?: Record<number, (old: unknown) => unknown>
}

export class StorageFullError extends Error {
  override name = 'StorageFullError'
}

const Envelope = v.object({ version: v.pipe(v.number(), v.integer(), v.minValue(1)), value: v.unknown() })

export function createItem<T>({
  area,
  key,
  version,
  fallback,
  shape,
  upgrades = {},
}: ItemDefinition<T>): StoredItem<T> {
  const decode = (stored: unknown): T => {
    const envelope = readAs(Envelope, stored)
    if (!envelope || envelope.version > version) return fallback
    try {
      let { value } = envelope
      for (let at = envelope.version; at < version; at++) {
        const upgrade = upgrades[at]
        if (!upgrade) return fallback
        value = upgrade(value)
      }
      return readAs(shape, value) ?? fallback
    } catch {
      return fallback
    }
  }

  const item: StoredItem<T> = {
    get: async () => decode((await chrome.storage[area].get(key))[key]),
    set: async value => {
      try {
        await chrome.storage[area].set({ [key]: { version, value } })
      } catch (error) {
        throw /quota/i.test(String(error)) ? new StorageFullError(key, { cause: error }) : error
      }
    },
    remove: () => chrome.storage[area].remove(key),
    watch: onChange => {
      const listener = (changes: Record<string, chrome.storage.StorageChange>) => {
        const change = changes[key]
        if (change) onChange(decode(change.newValue))
      }
      chrome.storage[area].onChanged.addListener(listener)
      return () => chrome.storage[area].onChanged.removeListener(listener)
    },
    follow: async onValue => {
      let isTold = false
      const stop = item.watch(value => {
        isTold = true
        onValue(value)
      })
      try {
        const value = await item.get()
        if (!isTold) onValue(value)
        return stop
      } catch (error) {
        stop()
        throw error
      }
    },
  }
  return item
}

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
