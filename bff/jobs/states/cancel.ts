import type { JobState } from '../../contract/generations.ts'
import { ProblemError } from '../../contract/problems.ts'
import type { Database } from '../../db/database.ts'
import type { JobTable } from '../../db/schema.ts'
import type { Provider } from '../../providers/provider.ts'
import type { JobCommands } from './commands.ts'
import { findJob } from './queries.ts'

interface CancelDeps {
  database: Database
  commands: JobCommands
  providers: ReadonlyMap<string, Provider>
  /** Tells the worker that nobody waits for this job any more. */
  abort: (jobId: string) => void
}

/**
 * Stops a job that has not left the house: queued, or running where a call may be stopped at any time, or not begun by
 * the queue that has it. The end is written first; what the provider says afterwards is not heard. Asked again, it
 * answers the same.
 */
export function createCancel({ database, commands, providers, abort }: CancelDeps) {
  return async function cancel(personId: string, id: string): Promise<JobTable> {
    const job = await findJob(database.read, personId, id)
    if (!job) throw new ProblemError('not_found')
    const provider = providers.get(job.provider)
    const from: JobState[] = provider?.way === 'direct' && provider.repeatable ? ['queued', 'calling'] : ['queued']
    if (await isTakenBack(job, provider)) from.push('submitted')
    if (await commands.end(job, from, { state: 'failed', problem: 'cancelled' })) abort(id)
    const after = await findJob(database.read, personId, id)
    if (after?.problem !== 'cancelled') throw new ProblemError('not_cancellable')
    return after
  }
}

/** A person waits for the answer. */
const patienceMs = 5_000

/** The queue says that it has not begun and will not. */
async function isTakenBack({ state, request_id: ticket }: JobTable, provider: Provider | undefined): Promise<boolean> {
  if (state !== 'submitted' || ticket === null || provider?.way !== 'queue') return false
  return provider.cancel(ticket, AbortSignal.timeout(patienceMs)).catch(() => false)
}
