import type { JobTable } from '../../db/schema.ts'
import type { ResultFiles } from '../../library/result-files.ts'
import type { VaultOf } from '../../privacy/vault.ts'
import { ProviderError } from '../../providers/provider-error.ts'
import type { JobCommands, NewPicture } from '../states/commands.ts'
import { keepTrying, type Patience } from './keep-trying.ts'
import { readModel } from './result-model.ts'
import { type ResultPicture, readResult } from './result-picture.ts'

interface DeliverDeps {
  vaultOf: VaultOf
  files: ResultFiles
  commands: JobCommands
}

/** A result that is looked at but not yet stored. */
export interface Result extends ResultPicture {
  bytes: Buffer
}

export type Delivery = ReturnType<typeof createDelivery>

/** From a provider's bytes to pictures that are the person's, in steps that may each be repeated. */
export function createDelivery({ vaultOf, files, commands }: DeliverDeps) {
  const place = async ({ id, person_id }: JobTable) => ({
    vault: await vaultOf(person_id),
    personId: person_id,
    jobId: id,
  })
  const removeAll = async ({ person_id }: JobTable, hashes: string[]) => {
    for (const hash of hashes) await files.remove(person_id, hash)
  }
  const seal = (job: JobTable, part: 'file' | 'thumbnail', bytes: Buffer, patience: Patience) =>
    keepTrying(async () => files.put(await place(job), part, bytes), patience)

  /** The small copies, and the rows that will name both. */
  async function toPictures(job: JobTable, hashes: string[], results: Result[], patience: Patience) {
    const pictures: NewPicture[] = []
    for (const [position, { bytes, thumbnail, mime, width, height }] of results.entries()) {
      const thumbnailHash = await seal(job, 'thumbnail', thumbnail, patience)
      const file = { file_hash: hashes[position]!, thumbnail_hash: thumbnailHash, bytes: bytes.length }
      pictures.push({ position, mime, width, height, ...file })
    }
    return pictures
  }
  const namesOf = (pictures: NewPicture[]) => pictures.flatMap(row => [row.file_hash, row.thumbnail_hash])

  return {
    inspect,

    /** The sealed results on the disk, then the commit that names them; null when the job has ended meanwhile. */
    async store(job: JobTable, results: Result[], patience: Patience): Promise<string[] | null> {
      const hashes: string[] = []
      for (const { bytes } of results) hashes.push(await seal(job, 'file', bytes, patience))
      if (await keepTrying(() => commands.storing(job, { files: hashes }), patience)) return hashes
      await removeAll(job, hashes)
      return null
    },

    /** Small copies, then pictures and payment in one commit. */
    async finish(job: JobTable, hashes: string[], results: Result[], paid: Paid, patience: Patience): Promise<boolean> {
      const pictures = await toPictures(job, hashes, results, patience)
      if (await keepTrying(() => commands.done(job, { pictures, ...paid }), patience)) return true
      await removeAll(job, namesOf(pictures))
      return false
    },

    /** [I12] A result that comes after the credits went back is given away. */
    async finishLate(job: JobTable, results: Result[], patience: Patience): Promise<boolean> {
      const hashes: string[] = []
      for (const { bytes } of results) hashes.push(await seal(job, 'file', bytes, patience))
      const pictures = await toPictures(job, hashes, results, patience)
      if (await keepTrying(() => commands.late(job, pictures), patience)) return true
      await removeAll(job, namesOf(pictures))
      return false
    },

    /** What `store` left on the disk before the process died. */
    async read(job: JobTable, hashes: string[]): Promise<Result[]> {
      const where = await place(job)
      const bytes = await Promise.all(hashes.map(hash => files.get(where, 'file', hash)))
      return inspect(job, bytes)
    },
  }
}

/** What a job takes in the end, and what it cost us. */
export interface Paid {
  cost: number
  microUsd: number
}

/** The results that are what they should be, as many as were asked for at most; throws bad_answer when there is none. */
async function inspect(job: JobTable, files: Buffer[], preview?: Buffer): Promise<Result[]> {
  const { count } = JSON.parse(job.options) as { count: number }
  const results: Result[] = []
  for (const bytes of files.slice(0, count)) {
    const seen = await (job.kind === 'model3d' ? readModel(bytes, preview) : readResult(bytes)).catch(() => null)
    if (seen) results.push({ ...seen, bytes })
  }
  if (results.length === 0) throw new ProviderError({ kind: files.length === 0 ? 'no_picture' : 'bad_answer' })
  return results
}
