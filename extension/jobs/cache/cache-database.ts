import type { DBSchema } from 'idb'
import type { GenericSchema } from 'valibot'
import type { Picture } from '../../../bff/contract/library.ts'
import { readAs } from '../../platform/shape.ts'
import { openDatabase } from '../../platform/storage/database.ts'
import { CacheEntry, Dismissed, PictureRow } from './rows.ts'

/**
 * Where the local copy lies. Every write names its owner and does nothing once the copy belongs to someone else. A row that
 * is not as it must be is never given out, and goes.
 */
export interface CacheDatabase {
  owner: () => Promise<string | null>
  /** Empties everything; from now on it belongs to `owner`. */
  reset: (owner: string | null) => Promise<void>
  pictures: () => Promise<Picture[]>
  savePictures: (owner: string, pictures: readonly Picture[]) => Promise<void>
  removePictures: (ids: readonly string[]) => Promise<void>
  dismissed: () => Promise<string[]>
  saveDismissed: (owner: string, ids: readonly string[]) => Promise<void>
  entries: () => Promise<CacheEntry[]>
  blob: (key: string, usedAt: number) => Promise<Blob | undefined>
  saveBlob: (owner: string, entry: CacheEntry, blob: Blob) => Promise<void>
  removeBlobs: (keys: readonly string[]) => Promise<void>
}

interface Schema extends DBSchema {
  facts: { key: 'owner' | 'dismissed'; value: string | readonly string[] | null }
  pictures: { key: string; value: Picture }
  entries: { key: string; value: CacheEntry }
  /** Apart from `entries`, so that choosing what must go reads no bytes. */
  blobs: { key: string; value: Blob }
}

const stores = ['facts', 'pictures', 'entries', 'blobs'] as const

export async function openCacheDatabase(): Promise<CacheDatabase> {
  const database = await openDatabase<Schema>('results', {
    // A copy of another version is begun anew: everything in it can be read again.
    upgrade: opened => {
      for (const store of opened.objectStoreNames) opened.deleteObjectStore(store)
      opened.createObjectStore('facts')
      opened.createObjectStore('pictures', { keyPath: 'id' })
      opened.createObjectStore('entries', { keyPath: 'key' })
      opened.createObjectStore('blobs')
    },
    // A newer release in another panel must not wait for this one.
    blocking: () => database.close(),
  })

  function begin() {
    const transaction = database.transaction(stores, 'readwrite')
    // Whoever awaits it still gets the failure; a step that fails before that must not leave it unhandled.
    transaction.done.catch(() => {})
    return transaction
  }

  /** Runs a write over all stores, if the copy still belongs to `owner`. */
  async function write(
    owner: string,
    run: (transaction: ReturnType<typeof begin>) => Promise<unknown>[],
  ): Promise<void> {
    const transaction = begin()
    const isOwner = (await transaction.objectStore('facts').get('owner')) === owner
    await Promise.all([...(isOwner ? run(transaction) : []), transaction.done])
  }

  /** All rows of a store; those that are damaged go, and what belongs to them in the other stores. */
  async function readAll<T>(store: 'pictures' | 'entries', row: GenericSchema<unknown, T>): Promise<T[]> {
    const transaction = begin()
    const [keys, rows] = await Promise.all([
      transaction.objectStore(store).getAllKeys(),
      transaction.objectStore(store).getAll(),
    ])
    const read = rows.map(value => readAs(row, value))
    const damaged = keys.filter((_, at) => read[at] === undefined)
    const stale = store === 'entries' ? (['entries', 'blobs'] as const) : (['pictures'] as const)
    await Promise.all([
      ...stale.flatMap(name => damaged.map(key => transaction.objectStore(name).delete(key))),
      transaction.done,
    ])
    return read.filter(value => value !== undefined)
  }

  return {
    owner: async () => {
      const owner = await database.get('facts', 'owner')
      return typeof owner === 'string' ? owner : null
    },
    reset: async owner => {
      const transaction = begin()
      await Promise.all([
        ...stores.map(store => transaction.objectStore(store).clear()),
        transaction.objectStore('facts').put(owner, 'owner'),
        transaction.done,
      ])
    },
    pictures: () => readAll('pictures', PictureRow),
    savePictures: (owner, pictures) =>
      write(owner, transaction => pictures.map(picture => transaction.objectStore('pictures').put(picture))),
    removePictures: async ids => {
      const transaction = begin()
      await Promise.all([...ids.map(id => transaction.objectStore('pictures').delete(id)), transaction.done])
    },
    dismissed: async () => readAs(Dismissed, await database.get('facts', 'dismissed')) ?? [],
    saveDismissed: (owner, ids) =>
      write(owner, transaction => [transaction.objectStore('facts').put(ids, 'dismissed')]),
    entries: () => readAll('entries', CacheEntry),
    blob: async (key, usedAt) => {
      const transaction = begin()
      const [entry, blob] = await Promise.all([
        transaction.objectStore('entries').get(key),
        transaction.objectStore('blobs').get(key),
      ])
      await Promise.all([entry && transaction.objectStore('entries').put({ ...entry, usedAt }), transaction.done])
      return blob instanceof Blob ? blob : undefined
    },
    saveBlob: (owner, entry, blob) =>
      write(owner, transaction => [
        transaction.objectStore('entries').put(entry),
        transaction.objectStore('blobs').put(blob, entry.key),
      ]),
    removeBlobs: async keys => {
      const transaction = begin()
      await Promise.all([
        ...keys.flatMap(key => [
          transaction.objectStore('entries').delete(key),
          transaction.objectStore('blobs').delete(key),
        ]),
        transaction.done,
      ])
    },
  }
}
