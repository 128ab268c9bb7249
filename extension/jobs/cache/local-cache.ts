import type { Picture } from '../../../bff/contract/library.ts'
import { readEach } from '../../platform/shape.ts'
import type { CacheDatabase } from './cache-database.ts'
import { chooseEvictions, chooseOldRows } from './eviction.ts'
import { PictureRow } from './rows.ts'

const megabyte = 1024 * 1024
/** Above this the blobs not used for longest go. */
export const byteLimit = 200 * megabyte
const rowLimit = 2_000

export type BlobKind = 'thumbnail' | 'file'

export interface LocalCacheOptions {
  open: () => Promise<CacheDatabase>
  now: () => number
  limit?: number
  /** Called once when the copy cannot be kept; everything goes on without it. */
  onTrouble: () => void
}

const isQuotaError = (error: unknown): boolean => error instanceof DOMException && error.name === 'QuotaExceededError'
const keyOf = (kind: BlobKind, id: string): string => `${kind}/${id}`

/**
 * A copy of the person's own history on this computer, for speed and for times without a line. It is never the truth:
 * no failure of it reaches the caller, and everything in it can be fetched again.
 */
export function createLocalCache({ open, now, limit = byteLimit, onTrouble }: LocalCacheOptions) {
  let database: Promise<CacheDatabase> | undefined
  let owner: string | null = null
  let isBroken = false
  let writtenSinceTrim = 0

  function fail(): void {
    if (isBroken) return
    isBroken = true
    onTrouble()
  }

  /** Tries twice, the second time with a fresh connection and, when the disk was full, with room made. */
  async function attempt<T, F>(run: (database: CacheDatabase) => Promise<T>, otherwise: F): Promise<T | F> {
    if (isBroken) return otherwise
    try {
      database ??= open()
      return await run(await database)
    } catch (error) {
      try {
        database = open()
        if (isQuotaError(error)) await trim(await database, limit / 2)
        return await run(await database)
      } catch {
        fail()
        return otherwise
      }
    }
  }

  async function trim(database: CacheDatabase, byteLimit: number): Promise<void> {
    writtenSinceTrim = 0
    const [entries, pictures] = await Promise.all([database.entries(), database.pictures()])
    const oldRows = chooseOldRows(pictures, rowLimit)
    await database.removePictures(oldRows)
    const kept = entries.filter(entry => !oldRows.some(id => entry.key.endsWith(id)))
    const dropped = entries.filter(entry => !kept.includes(entry)).map(entry => entry.key)
    await database.removeBlobs([...dropped, ...chooseEvictions(kept, byteLimit)])
  }

  return {
    owner: () => owner,
    /** Opens the copy for a person and returns what it holds; someone else's copy is emptied first. */
    open: async (personId: string): Promise<{ pictures: Picture[]; dismissed: string[] }> => {
      owner = personId
      return attempt(
        async database => {
          if ((await database.owner()) !== personId) await database.reset(personId)
          await trim(database, limit)
          const [pictures, dismissed] = await Promise.all([database.pictures(), database.dismissed()])
          return { pictures, dismissed }
        },
        { pictures: [], dismissed: [] },
      )
    },
    savePictures: async (pictures: readonly Picture[]): Promise<void> => {
      const person = owner
      if (person) await attempt(database => database.savePictures(person, readEach(PictureRow, pictures)), undefined)
    },
    removePictures: async (ids: readonly string[]): Promise<void> => {
      await attempt(async database => {
        await database.removePictures(ids)
        await database.removeBlobs(ids.flatMap(id => [keyOf('thumbnail', id), keyOf('file', id)]))
      }, undefined)
    },
    saveDismissed: async (ids: readonly string[]): Promise<void> => {
      const person = owner
      if (person) await attempt(database => database.saveDismissed(person, ids), undefined)
    },
    blob: (kind: BlobKind, id: string): Promise<Blob | undefined> =>
      attempt(database => database.blob(keyOf(kind, id), now()), undefined),
    /** `person` is who it was fetched for: by now someone else may be signed in. */
    saveBlob: async (person: string | null, kind: BlobKind, id: string, blob: Blob): Promise<void> => {
      if (!person || person !== owner || blob.size > limit) return
      await attempt(async database => {
        await database.saveBlob(person, { key: keyOf(kind, id), bytes: blob.size, usedAt: now() }, blob)
        writtenSinceTrim += blob.size
        if (writtenSinceTrim > limit / 20) await trim(database, limit)
      }, undefined)
    },
    /** Nobody is here: late writes are refused. What is stored is emptied by whoever empties everything of the person. */
    forget: (): void => {
      owner = null
    },
    /** Empties the copy; with null it belongs to nobody, and late writes of other panels are refused. */
    reset: async (personId: string | null): Promise<void> => {
      owner = personId
      await attempt(database => database.reset(personId), undefined)
    },
  }
}

export type LocalCache = ReturnType<typeof createLocalCache>
