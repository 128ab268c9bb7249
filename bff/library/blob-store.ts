import { createHash, randomUUID } from 'node:crypto'
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ProblemError } from '../contract/problems.ts'

/** Files that are already sealed, by the SHA-256 (hex) of their sealed bytes. */
export interface BlobStore {
  /** Durable when it resolves: temp file, fsync, rename, fsync of the folder. Takes the bytes in pieces. */
  put(personId: string, sealed: Iterable<Uint8Array>): Promise<string>
  /** Throws BlobMissing or BlobDamaged (the name no longer matches the bytes). */
  get(personId: string, hash: string): Promise<Buffer>
  remove(personId: string, hash: string): Promise<void>
  /** Deletes temp files and files that `isKnown` does not know and that are older than `olderThanMs`. */
  sweep(isKnown: (personId: string, hash: string) => Promise<boolean>, olderThanMs: number): Promise<number>
  /** Refuses what would change a file from now on, and resolves when what is under way has ended. */
  close(): Promise<void>
}

export class BlobMissing extends Error {
  override name = 'BlobMissing'
}
export class BlobDamaged extends Error {
  override name = 'BlobDamaged'
}

const hashName = /^[0-9a-f]{64}$/
const personName = /^[0-9a-f-]{36}$/

/** One folder per person and one for unfinished files, all on one file system so that a rename is one step. */
export function createBlobStore({ dir, now }: { dir: string; now: () => number }): BlobStore {
  const unfinished = join(dir, 'unfinished')
  const underWay = new Set<Promise<unknown>>()
  let isClosed = false
  const folder = (personId: string) => {
    if (!personName.test(personId)) throw new TypeError('Not the id of a person.')
    return join(dir, personId)
  }
  const path = (personId: string, hash: string) => {
    if (!hashName.test(hash)) throw new TypeError('Not the name of a blob.')
    return join(folder(personId), hash)
  }

  async function isOld(file: string, olderThanMs: number): Promise<boolean> {
    return (await stat(file)).mtimeMs <= now() - olderThanMs
  }

  /** For everything that changes files: a process that says it has stopped leaves the folder alone. */
  function changing<A extends unknown[], T>(change: (...args: A) => Promise<T>): (...args: A) => Promise<T> {
    return (...args) => {
      if (isClosed) return Promise.reject(new ProblemError('unavailable'))
      const changed = change(...args)
      const forget = () => void underWay.delete(changed)
      underWay.add(changed)
      changed.then(forget, forget)
      return changed
    }
  }

  return {
    put: changing(async (personId, sealed) => {
      const temp = join(unfinished, randomUUID())
      try {
        const handle = await inFolder(unfinished, () => open(temp, 'wx', 0o600))
        const hash = await closing(handle, () => writeDurably(handle, sealed))
        await inFolder(folder(personId), () => rename(temp, path(personId, hash)))
        await syncFolder(folder(personId))
        return hash
      } catch (error) {
        await rm(temp, { force: true })
        throw error
      }
    }),

    async get(personId, hash) {
      const bytes = await readFile(path(personId, hash)).catch((error: NodeJS.ErrnoException) => {
        throw error.code === 'ENOENT' ? new BlobMissing() : error
      })
      if (nameOf(bytes) !== hash) throw new BlobDamaged()
      return bytes
    },

    remove: changing((personId, hash) => rm(path(personId, hash), { force: true })),

    sweep: changing(async (isKnown, olderThanMs) => {
      let removed = 0
      // The age first: asking the disk lets others go on between two files, asking the database does not.
      const removeIfOld = async (file: string, isWanted: () => Promise<boolean>) => {
        if (isClosed || !(await isOld(file, olderThanMs).catch(() => false)) || (await isWanted())) return
        await rm(file, { force: true })
        removed += 1
      }
      for (const name of await list(unfinished)) await removeIfOld(join(unfinished, name), async () => false)
      for (const personId of (await list(dir)).filter(name => personName.test(name)))
        for (const hash of (await list(join(dir, personId))).filter(name => hashName.test(name)))
          await removeIfOld(path(personId, hash), () => isKnown(personId, hash))
      return removed
    }),

    async close() {
      isClosed = true
      await Promise.allSettled(underWay)
    },
  }
}

const nameOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

const list = (dir: string) =>
  readdir(dir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })

/** Folders are made when they are missed: nearly always they are there. */
async function inFolder<T>(dir: string, use: () => Promise<T>): Promise<T> {
  try {
    return await use()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    await mkdir(dir, { recursive: true, mode: 0o700 })
    await syncFolder(dirname(dir))
    return use()
  }
}

/** Answers the SHA-256 of what it wrote. */
async function writeDurably(handle: FileHandle, pieces: Iterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256')
  for (const piece of pieces) {
    hash.update(piece)
    await handle.writeFile(piece)
  }
  await handle.sync()
  return hash.digest('hex')
}

/** A rename is only durable once its folder is. */
async function syncFolder(dir: string): Promise<void> {
  const handle = await open(dir, 'r')
  await closing(handle, () => handle.sync())
}

async function closing<T>(handle: FileHandle, use: () => Promise<T>): Promise<T> {
  try {
    return await use()
  } finally {
    await handle.close()
  }
}
