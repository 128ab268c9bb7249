import type { Database } from '../../db/database.ts'
import { longestHoldMs, staleHolds } from '../../ledger/stale-holds.ts'
import type { JobCommands } from '../states/commands.ts'

interface EndStaleDeps {
  database: Database
  commands: Pick<JobCommands, 'end'>
  /** The time of day, never ahead of the time that has passed. */
  mayEndAt: () => number
}

/**
 * [I11] The last net: a job that holds credits longer than any job can take, and that nothing else has ended, ends and
 * gives them back. What may still come of it is given away, as after every other end.
 */
export const createExpiry =
  ({ database, commands, mayEndAt }: EndStaleDeps) =>
  async (): Promise<void> => {
    const ids = await staleHolds(database.read, mayEndAt() - longestHoldMs)
    if (ids.length === 0) return
    const jobs = await database.read.selectFrom('job').selectAll().where('id', 'in', ids).execute()
    for (const job of jobs) {
      const state = job.state === 'queued' ? 'failed' : 'unknown'
      await commands.end(job, [job.state], { state, problem: 'interrupted' })
    }
  }
