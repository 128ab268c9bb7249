import type { JobState } from '../contract/generations.ts'
import { ProblemError } from '../contract/problems.ts'
import type { Database } from '../db/database.ts'
import type { JobTable } from '../db/schema.ts'
import type { Provider } from '../providers/provider.ts'
import type { JobCommands } from './job-commands.ts'
import { findJob } from './jobs.ts'

interface CancelDeps {
  database: Database
  commands: JobCommands
  providers: ReadonlyMap<string, Provider>
  /** Tells the worker that nobody waits for this job any more. */
  abort: (jobId: string) => void
}

/**
 * Stops a job that has not left the house: queued, or running where a call may be stopped at any time. The end is
 * written first; what the provider says afterwards is not heard. Asked again, it answers the same.
 */
export function createCancel({ database, commands, providers, abort }: CancelDeps) {
  return async function cancel(personId: string, id: string): Promise<JobTable> {
    const job = await findJob(database.read, personId, id)
    if (!job) throw new ProblemError('not_found')
    const from: JobState[] = providers.get(job.provider)?.repeatable ? ['queued', 'calling'] : ['queued']
    if (await commands.end(job, from, { state: 'failed', problem: 'cancelled' })) abort(id)
    const after = await findJob(database.read, personId, id)
    if (after?.problem !== 'cancelled') throw new ProblemError('not_cancellable')
    return after
  }
}
