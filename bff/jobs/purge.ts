import { sql } from 'kysely'
import type { Database } from '../db/database.ts'
import type { BlobStore } from '../library/blob-store.ts'
import { retention } from '../privacy/retention.ts'

interface PurgeDeps {
  database: Database
  blobs: BlobStore
  now: () => number
}

/** Far longer than any result takes from its first byte on disk to its row. */
const orphanAge = 10 * 60 * 1000
const nothing = new Uint8Array(0)

/** What must go, goes here. Each part may run at any time and as often as one likes. */
export function createPurge({ database, blobs, now }: PurgeDeps) {
  /** [P37] Deleted pictures whose undo window has passed: rows and prompts in one commit, then the files. */
  async function deletedPictures(): Promise<number> {
    const gone = await database.write(async trx => {
      const pictures = await trx
        .deleteFrom('picture')
        .where('deleted_at', '<=', now() - retention.undoDelete)
        .returning(['person_id', 'job_id', 'file_hash', 'thumbnail_hash'])
        .execute()
      for (const { job_id } of pictures)
        await trx
          .updateTable('job')
          .set({ prompt: nothing, negative: nothing })
          .where('id', '=', job_id)
          .where(({ not, exists, selectFrom }) =>
            not(exists(selectFrom('picture').select('id').where('job_id', '=', job_id))),
          )
          .execute()
      return pictures
    })
    for (const { person_id, file_hash, thumbnail_hash } of gone)
      for (const hash of [file_hash, thumbnail_hash]) await blobs.remove(person_id, hash)
    return gone.length
  }

  /** [P34] Words of jobs that gave no picture, old idempotency keys, old events. The facts the ledger refers to stay. */
  async function endedJobs(): Promise<void> {
    await database.write(async trx => {
      await trx
        .updateTable('job')
        .set({ prompt: nothing, negative: nothing })
        .where('problem', 'is not', null)
        .where('ended_at', '<=', now() - retention.endedPrompts)
        .where('prompt', '<>', nothing)
        .execute()
      await trx
        .updateTable('job')
        .set({ idem: sql<string>`'forgotten ' || id`, body_hash: '' })
        .where('ended_at', '<=', now() - retention.endedJobs)
        // A literal: SQLite takes the index of such rows only for the very condition that it was made with.
        .where('body_hash', '<>', sql.lit(''))
        .execute()
      await trx
        .deleteFrom('event')
        .where('at', '<=', now() - retention.events)
        .execute()
    })
  }

  /** Files nobody refers to: a process that died between file and row leaves them. */
  const orphans = (): Promise<number> =>
    blobs.sweep(async (personId, hash) => {
      const picture = await database.read
        .selectFrom('picture')
        .select('id')
        .where('person_id', '=', personId)
        .where(({ eb, or }) => or([eb('file_hash', '=', hash), eb('thumbnail_hash', '=', hash)]))
        .executeTakeFirst()
      if (picture) return true
      const storing = await database.read
        .selectFrom('job_file')
        .innerJoin('job', 'job.id', 'job_file.job_id')
        .select('job.id')
        .where('person_id', '=', personId)
        .where('state', '=', 'storing')
        .where('job_file.file_hash', '=', hash)
        .executeTakeFirst()
      return storing !== undefined
    }, orphanAge)

  return { deletedPictures, endedJobs, orphans }
}
export type Purge = ReturnType<typeof createPurge>
