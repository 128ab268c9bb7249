import type { JobState } from '../../contract/generations.ts'
import type { Trx } from '../../db/database.ts'
import type { JobTable } from '../../db/schema.ts'

/** The whole state machine. A job moves only along these arrows, and each arrow is one commit. */
const arrows: Record<JobState, readonly JobState[]> = {
  /** Accepted, its price is held. */
  queued: ['calling', 'failed'],
  /** A worker has it; written before the first byte leaves. Back to `queued`: its provider did not accept it. */
  calling: ['queued', 'submitted', 'storing', 'failed', 'unknown'],
  /** The provider has it and gave it a number. */
  submitted: ['storing', 'failed', 'unknown'],
  /** The result is sealed on our disk. */
  storing: ['done', 'unknown'],
  done: [],
  failed: [],
  /** Nobody can say what the provider did; its result may still come, and is given away then. */
  unknown: ['done'],
}

export const isEnded = (state: JobState): boolean => ['done', 'failed', 'unknown'].includes(state)

export interface Move {
  job: Pick<JobTable, 'id' | 'person_id'>
  from: readonly JobState[]
  to: JobState
  at: number
  facts?: Partial<JobTable>
}

/**
 * Moves the job if it still stands where the caller thinks it does, and writes the event of it; false, and nothing
 * written, when somebody else was faster.
 */
export async function move(trx: Trx, { job, from, to, at, facts }: Move): Promise<boolean> {
  const wrong = from.find(state => !arrows[state].includes(to))
  if (wrong) throw new Error(`A job cannot go from ${wrong} to ${to}.`)
  const { numUpdatedRows } = await trx
    .updateTable('job')
    .set({ ...(isEnded(to) && { ended_at: at }), ...facts, state: to })
    .where('id', '=', job.id)
    .where('person_id', '=', job.person_id)
    .where('state', 'in', from)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return false
  await recordEvent(trx, job, to, at)
  return true
}

export async function recordEvent(trx: Trx, job: Move['job'], state: JobState, at: number): Promise<void> {
  await trx.insertInto('event').values({ person_id: job.person_id, job_id: job.id, state, at }).execute()
}
