import type { JobState } from '../contract/generations.ts'
import type { Database } from '../db/database.ts'
import type { JobTable } from '../db/schema.ts'
import type { Provider } from '../providers/provider.ts'
import type { Delivery } from './deliver.ts'
import type { JobCommands } from './job-commands.ts'
import { keepTrying, type Patience } from './keep-trying.ts'

interface RecoveryDeps {
  database: Database
  commands: JobCommands
  delivery: Delivery
  providers: ReadonlyMap<string, Provider>
  patience: Patience
  onError: (error: unknown) => void
}

/**
 * What becomes of open jobs when their process is gone. Sources live in memory only, so a job that needs them cannot
 * run again: it ends, and its credits return. A call that may have been paid for is never repeated. Writes made
 * together share a commit.
 */
export function createRecovery({ database, commands, delivery, providers, patience, onError }: RecoveryDeps) {
  const jobsIn = (states: JobState[]): Promise<JobTable[]> =>
    database.read.selectFrom('job').selectAll().where('state', 'in', states).execute()

  /** Jobs whose pictures nobody has (any more). */
  async function endQueued(): Promise<void> {
    const jobs = (await jobsIn(['queued'])).filter(job => job.source_count > 0)
    await Promise.all(jobs.map(job => commands.end(job, ['queued'], { state: 'failed', problem: 'interrupted' })))
  }

  async function endCalled(): Promise<void> {
    await Promise.all(
      (await jobsIn(['calling', 'submitted'])).map(job => {
        const isRepeatable = providers.get(job.provider)?.repeatable ?? false
        return commands.end(job, [job.state], { state: isRepeatable ? 'failed' : 'unknown', problem: 'interrupted' })
      }),
    )
  }

  /** The result is on the disk: the person gets it, unless the file is gone or damaged. */
  async function finishStored(job: JobTable): Promise<void> {
    try {
      const fileHash = job.file_hash!
      await delivery.finish(job, fileHash, await delivery.read(job, fileHash), patience)
    } catch (error) {
      onError(error)
      await keepTrying(() => commands.end(job, ['storing'], { state: 'unknown', problem: 'interrupted' }), patience)
    }
  }

  return {
    endQueued,
    /** At start, before the first request: afterwards every open job is one that can run. */
    async recover(): Promise<void> {
      await endQueued()
      await endCalled()
      for (const job of await jobsIn(['storing'])) await finishStored(job)
    },
  }
}
