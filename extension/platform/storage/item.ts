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
}

export interface ItemDefinition<T> {
  area: 'local' | 'session'
  key: string
  version: number
  fallback: T
  /** Returns the value when it has exactly the expected shape, else undefined. */
  read: (value: unknown) => T | undefined
  /** `upgrades[n]` turns the shape of version n into that of n + 1. */
  upgrades?: Record<number, (old: unknown) => unknown>
}

export class StorageFullError extends Error {
  override name = 'StorageFullError'
}

export function createItem<T>({ area, key, version, fallback, read, upgrades = {} }: ItemDefinition<T>): StoredItem<T> {
  const decode = (stored: unknown): T => {
    if (!isEnvelope(stored) || stored.version > version) return fallback
    try {
      let value = stored.value
      for (let at = stored.version; at < version; at++) {
        const upgrade = upgrades[at]
        if (!upgrade) return fallback
        value = upgrade(value)
      }
      return read(value) ?? fallback
    } catch {
      return fallback
    }
  }

  return {
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
  }
}

function isEnvelope(stored: unknown): stored is { version: number; value: unknown } {
  return isRecord(stored) && Number.isInteger(stored.version) && Number(stored.version) >= 1 && 'value' in stored
}

/** A plain object, as JSON knows it. For the `read` functions of items. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value when it is one of the list, else undefined. */
export function oneOf<const T>(values: readonly T[], value: unknown): T | undefined {
  return values.find(entry => entry === value)
}
