import type { JobState } from '../../contract/generations.ts'
import type { Reader } from '../../db/database.ts'
import type { JobTable } from '../../db/schema.ts'

/** Rows of jobs, always of one person. */
const jobsOf = (db: Reader, personId: string) => db.selectFrom('job').selectAll().where('person_id', '=', personId)

export const findJob = (db: Reader, personId: string, id: string): Promise<JobTable | undefined> =>
  jobsOf(db, personId).where('id', '=', id).executeTakeFirst()

export const findJobByKey = (db: Reader, personId: string, key: string): Promise<JobTable | undefined> =>
  jobsOf(db, personId).where('idem', '=', key).executeTakeFirst()

/** More than one sees at once; older ones are in the history or ended without a result. */
const longestList = 200

/** Open jobs and those that ended after `since`, newest first. */
export const recentJobs = (db: Reader, personId: string, since: number): Promise<JobTable[]> =>
  jobsOf(db, personId)
    .where(({ eb, or }) => or([eb('ended_at', 'is', null), eb('ended_at', '>', since)]))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(longestList)
    .execute()

export async function countOpenJobs(db: Reader, personId: string): Promise<number> {
  const { count } = await db
    .selectFrom('job')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null)
    .executeTakeFirstOrThrow()
  return count
}

/** Those that stand there; `state` is an open one. */
export const openJobs = (db: Reader, state: JobState): Promise<JobTable[]> =>
  db.selectFrom('job').selectAll().where('ended_at', 'is', null).where('state', '=', state).execute()

/** One queue of all people per provider, in the order of acceptance. */
export const firstQueued = (db: Reader, providers: readonly string[], now: number): Promise<JobTable | undefined> =>
  db
    .selectFrom('job')
    .selectAll()
    .where('ended_at', 'is', null)
    .where('state', '=', 'queued')
    .where('provider', 'in', providers)
    .where(({ eb, or }) => or([eb('not_before', 'is', null), eb('not_before', '<=', now)]))
    .orderBy('created_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()

/** Jobs in front of this one, of all people: a number, nothing else about them. */
export async function countAhead(db: Reader, job: JobTable): Promise<number> {
  if (job.state !== 'queued') return 0
  const { count } = await db
    .selectFrom('job')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('ended_at', 'is', null)
    .where('state', '=', 'queued')
    .where('provider', '=', job.provider)
    .where(({ eb, refTuple, tuple }) => eb(refTuple('created_at', 'id'), '<', tuple(job.created_at, job.id)))
    .executeTakeFirstOrThrow()
  return count
}
