import type { Database } from '../db/database.ts'
import type { JobTable } from '../db/schema.ts'
import type { ResultFiles } from '../library/result-files.ts'
import { type ResultPicture, readResult } from '../library/result-picture.ts'
import { personVault } from '../privacy/person-vault.ts'
import type { Vault } from '../privacy/vault.ts'
import type { JobCommands } from './job-commands.ts'
import { keepTrying, type Patience } from './keep-trying.ts'

interface DeliverDeps {
  database: Database
  vault: Vault
  files: ResultFiles
  commands: JobCommands
}

/** A result that is looked at but not yet stored. */
export interface Result extends ResultPicture {
  bytes: Buffer
}

export type Delivery = ReturnType<typeof createDelivery>

/** From a provider's bytes to a picture that is the person's, in steps that may each be repeated. */
export function createDelivery({ database, vault, files, commands }: DeliverDeps) {
  const place = async ({ id, person_id }: JobTable) => ({
    vault: await personVault(database.read, vault, person_id),
    personId: person_id,
    jobId: id,
  })

  return {
    inspect,

    /** The sealed result on the disk, then the commit that names it; null when the job has ended meanwhile. */
    async store(job: JobTable, { bytes }: Result, patience: Patience): Promise<string | null> {
      const hash = await keepTrying(async () => files.put(await place(job), 'file', bytes), patience)
      if (await keepTrying(() => commands.storing(job, hash), patience)) return hash
      await files.remove(job.person_id, hash)
      return null
    },

    /** Small copy, then picture and payment in one commit. */
    async finish(job: JobTable, fileHash: string, result: Result, patience: Patience): Promise<boolean> {
      const { bytes, thumbnail, mime, width, height } = result
      const thumbnailHash = await keepTrying(async () => files.put(await place(job), 'thumbnail', thumbnail), patience)
      const picture = { file_hash: fileHash, thumbnail_hash: thumbnailHash, mime, width, height, bytes: bytes.length }
      if (await keepTrying(() => commands.done(job, picture), patience)) return true
      for (const hash of [fileHash, thumbnailHash]) await files.remove(job.person_id, hash)
      return false
    },

    /** What `store` left on the disk before the process died. */
    async read(job: JobTable, fileHash: string): Promise<Result> {
      return inspect(await files.get(await place(job), 'file', fileHash))
    },
  }
}

/** Throws provider_failed when it is no picture. */
const inspect = async (bytes: Buffer): Promise<Result> => ({ ...(await readResult(bytes)), bytes })
