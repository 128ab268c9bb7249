import type { ChosenOptions } from '../contract/chosen-options.ts'
import type { Picture } from '../contract/library.ts'
import type { Reader } from '../db/database.ts'
import type { JobTable, PictureTable } from '../db/schema.ts'
import type { Place } from '../privacy/cursor.ts'
import type { PersonVault } from '../privacy/vault.ts'

/** A picture with what its job knows about it. */
export type PictureRow = PictureTable & Pick<JobTable, 'kind' | 'model' | 'prompt' | 'options'>

/** Where a job's prompt is sealed to. */
export const promptContext = (jobId: string) => `job.prompt:${jobId}`

/** A prompt that is no longer needed is replaced by nothing. */
export const openPrompt = (vault: PersonVault, jobId: string, prompt: Uint8Array): string =>
  prompt.length === 0 ? '' : vault.unseal(prompt, promptContext(jobId)).toString()

/** Where a job's words to keep out are sealed to. */
export const negativeContext = (jobId: string) => `job.negative:${jobId}`

export const openNegative = (vault: PersonVault, jobId: string, negative: Uint8Array): string =>
  negative.length === 0 ? '' : vault.unseal(negative, negativeContext(jobId)).toString()

/** Names of a job's sealed results, in the provider's order. */
export const filesOf = async (db: Reader, jobId: string): Promise<string[]> =>
  (await db.selectFrom('job_file').select('file_hash').where('job_id', '=', jobId).orderBy('position').execute()).map(
    row => row.file_hash,
  )

/** All pictures of the person that are not deleted; nothing else may be shown. */
const live = (db: Reader, personId: string) =>
  db
    .selectFrom('picture')
    .innerJoin('job', 'job.id', 'picture.job_id')
    .selectAll('picture')
    .select(['job.kind', 'job.model', 'job.prompt', 'job.options'])
    .where('picture.person_id', '=', personId)
    .where('picture.deleted_at', 'is', null)

export const findPicture = (db: Reader, personId: string, id: string): Promise<PictureRow | undefined> =>
  live(db, personId).where('picture.id', '=', id).executeTakeFirst()

export const picturesOfJobs = (db: Reader, personId: string, jobIds: string[]): Promise<PictureRow[]> =>
  live(db, personId).where('picture.job_id', 'in', jobIds).orderBy('picture.position').execute()

export interface PictureFilter {
  after: Place | null
  favourite: boolean | undefined
  limit: number
}

/** Newest first. */
export function listPictures(db: Reader, personId: string, filter: PictureFilter): Promise<PictureRow[]> {
  const { after, favourite, limit } = filter
  let query = live(db, personId)
  if (favourite !== undefined) query = query.where('picture.favourite', '=', favourite ? 1 : 0)
  if (after)
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('picture.created_at', 'picture.id'), '<', tuple(after.at, after.id)),
    )
  return query.orderBy('picture.created_at', 'desc').orderBy('picture.id', 'desc').limit(limit).execute()
}

/** Bytes of results the person keeps, those in the undo window included. */
export async function storedBytes(db: Reader, personId: string): Promise<number> {
  const { total } = await db
    .selectFrom('picture')
    .select(({ fn }) => fn.sum<number | null>('bytes').as('total'))
    .where('person_id', '=', personId)
    .executeTakeFirstOrThrow()
  return total ?? 0
}

export function toPicture(vault: PersonVault, row: PictureRow): Picture {
  return {
    id: row.id,
    generationId: row.job_id,
    kind: row.kind,
    model: row.model,
    prompt: openPrompt(vault, row.job_id, row.prompt),
    options: JSON.parse(row.options) as ChosenOptions,
    mime: row.mime,
    width: row.width,
    height: row.height,
    bytes: row.bytes,
    favourite: row.favourite === 1,
    createdAt: row.created_at,
  }
}
