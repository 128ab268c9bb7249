import type { DBSchema, IDBPDatabase } from 'idb'
import { openDatabase } from '../platform/storage/database.ts'

/** A source as it came in, and its small copy. Both stay on this device; only a cleaned copy is ever sent. */
export interface StoredSource {
  id: string
  original: Blob
  thumbnail: Blob
  /** Milliseconds since 1970. */
  storedAt: number
}

/** The bytes of the draft's pictures, by the id of their slot. */
export interface SourceBytes {
  /** False: Chrome had no room, so the picture lasts only while the panel is open. */
  put(source: StoredSource): Promise<boolean>
  get(id: string): Promise<StoredSource | undefined>
  remove(id: string): Promise<void>
  /** Deletes what no draft refers to any more and was not stored just now. */
  sweep(isKnown: (id: string) => boolean, storedBefore: number): Promise<void>
  /** Drops what is in memory; what is stored is emptied by whoever empties everything of the person. */
  forget(): void
}

interface SourceDatabase extends DBSchema {
  sources: { key: string; value: StoredSource }
}

const open = () =>
  openDatabase<SourceDatabase>('mimicit-sources', {
    upgrade: database => void database.createObjectStore('sources', { keyPath: 'id' }),
  })

/** Keeps in IndexedDB what fits there, and the rest in memory, so that a full disk never stops the work. */
export const createSourceBytes = (openDatabase: () => Promise<IDBPDatabase<SourceDatabase>> = open): SourceBytes => {
  let opened: Promise<IDBPDatabase<SourceDatabase>> | undefined
  const inMemory = new Map<string, StoredSource>()

  const withDatabase = async <T>(
    use: (database: IDBPDatabase<SourceDatabase>) => Promise<T>,
  ): Promise<T | undefined> => {
    opened ??= openDatabase()
    try {
      return await use(await opened)
    } catch {
      // Full, broken or closed by Chrome: open it anew next time.
      opened = undefined
      return undefined
    }
  }

  return {
    put: async source => {
      const stored = await withDatabase(database => database.put('sources', source))
      if (stored === undefined) inMemory.set(source.id, source)
      return stored !== undefined
    },
    get: async id => inMemory.get(id) ?? (await withDatabase(database => database.get('sources', id))),
    remove: async id => {
      inMemory.delete(id)
      await withDatabase(database => database.delete('sources', id))
    },
    sweep: async (isKnown, storedBefore) => {
      await withDatabase(async database => {
        const transaction = database.transaction('sources', 'readwrite')
        for await (const cursor of transaction.store)
          if (!isKnown(cursor.value.id) && cursor.value.storedAt < storedBefore) await cursor.delete()
        await transaction.done
      })
    },
    forget: () => inMemory.clear(),
  }
}

export const sourceBytes = createSourceBytes()
