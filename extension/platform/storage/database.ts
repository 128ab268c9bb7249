import { type DBSchema, type OpenDBCallbacks, openDB } from 'idb'
import { type KeyIn, storedRows } from './table.ts'

/** Opens the database of one row, in the version the row names. */
export const openDatabase = <S extends DBSchema>(key: KeyIn<'indexedDB'>, callbacks: OpenDBCallbacks<S>) =>
  openDB<S>(key, storedRows[key].version, callbacks)

/** Clears every store of a database that exists. Deleting it would wait for the other panels to let go of it. */
export async function emptyDatabase(name: string): Promise<void> {
  const database = await openDB(name)
  try {
    const stores = [...database.objectStoreNames]
    if (stores.length === 0) return
    const transaction = database.transaction(stores, 'readwrite')
    await Promise.all([...stores.map(store => transaction.objectStore(store).clear()), transaction.done])
  } finally {
    database.close()
  }
}
