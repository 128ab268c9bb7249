import { createHash, randomUUID } from 'node:crypto'
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Files that are already sealed, by the SHA-256 (hex) of their sealed bytes. */
export interface BlobStore {
  /** Durable when it resolves: temp file, fsync, rename, fsync of the folder. */
  put(personId: string, sealed: Uint8Array): Promise<string>
  /** Throws BlobMissing or BlobDamaged (the name no longer matches the bytes). */
  get(personId: string, hash: string): Promise<Buffer>
  remove(personId: string, hash: string): Promise<void>
  /** Deletes temp files and files that `isKnown` does not know and that are older than `olderThanMs`. */
  sweep(isKnown: (personId: string, hash: string) => Promise<boolean>, olderThanMs: number): Promise<number>
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

  return {
    async put(personId, sealed) {
      const hash = nameOf(sealed)
      const target = path(personId, hash)
      await makeFolder(unfinished)
      if (await makeFolder(folder(personId))) await syncFolder(dir)
      const temp = join(unfinished, randomUUID())
      try {
        await writeDurably(temp, sealed)
        await rename(temp, target)
      } catch (error) {
        await rm(temp, { force: true })
        throw error
      }
      await syncFolder(folder(personId))
      return hash
    },

    async get(personId, hash) {
      const bytes = await readFile(path(personId, hash)).catch((error: NodeJS.ErrnoException) => {
        throw error.code === 'ENOENT' ? new BlobMissing() : error
      })
      if (nameOf(bytes) !== hash) throw new BlobDamaged()
      return bytes
    },

    remove: (personId, hash) => rm(path(personId, hash), { force: true }),

    async sweep(isKnown, olderThanMs) {
      let removed = 0
      // The age first: asking the disk lets others go on between two files, asking the database does not.
      const removeIfOld = async (file: string, isWanted: () => Promise<boolean>) => {
        if (!(await isOld(file, olderThanMs).catch(() => false)) || (await isWanted())) return
        await rm(file, { force: true })
        removed += 1
      }
      for (const name of await list(unfinished)) await removeIfOld(join(unfinished, name), async () => false)
      for (const personId of (await list(dir)).filter(name => personName.test(name)))
        for (const hash of (await list(join(dir, personId))).filter(name => hashName.test(name)))
          await removeIfOld(path(personId, hash), () => isKnown(personId, hash))
      return removed
    },
  }
}

const nameOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

const list = (dir: string) =>
  readdir(dir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })

/** Answers whether the folder is new. */
async function makeFolder(dir: string): Promise<boolean> {
  return (await mkdir(dir, { recursive: true, mode: 0o700 })) !== undefined
}

async function writeDurably(file: string, bytes: Uint8Array): Promise<void> {
  await withFile(file, 'wx', async handle => {
    await handle.writeFile(bytes)
    await handle.sync()
  })
}

/** A rename is only durable once its folder is. */
async function syncFolder(dir: string): Promise<void> {
  await withFile(dir, 'r', handle => handle.sync())
}

async function withFile(file: string, flags: string, use: (handle: FileHandle) => Promise<void>): Promise<void> {
  const handle = await open(file, flags, 0o600)
  try {
    await use(handle)
  } finally {
    await handle.close()
  }
}
