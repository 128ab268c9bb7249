import type { JobState } from '../../contract/generations.ts'
import type { Database } from '../../db/database.ts'
import type { JobTable } from '../../db/schema.ts'
import { filesOf } from '../../library/pictures.ts'
import type { Registry } from '../../models/registry.ts'
import type { Provider } from '../../providers/provider.ts'
import type { JobCommands } from '../states/commands.ts'
import { openJobs } from '../states/queries.ts'
import type { Delivery } from './deliver.ts'
import { keepTrying, type Patience } from './keep-trying.ts'
import { partOfPrice, type RunDeps, usualCost } from './run.ts'

/** fal repeats its webhook events for two hours (ten tries). */
const webhookWindowMs = 125 * 60_000

interface RecoveryDeps {
  database: Database
  commands: JobCommands
  delivery: Delivery
  registry: Registry
  providers: ReadonlyMap<string, Provider>
  /** Goes on asking a queue for a job it has. */
  resume: (job: JobTable) => void
  /** Looks for queued jobs. */
  wake: () => void
  /** The same at this time. */
  wakeAt: (at: number) => void
  callbackOf: RunDeps['callbackOf']
  patience: Patience
  now: () => number
  /** The time of day, never ahead of the time that has passed. */
  mayEndAt: () => number
  onError: (error: unknown) => void
}

/**
 * What becomes of open jobs when their process is gone. Sources live in memory only, so a job that needs them cannot
 * run again: it ends, and its credits return. A call that may have been paid for is never repeated; a job that a queue
 * has under a ticket is asked for again. Writes made together share a commit.
 */
export function createRecovery(deps: RecoveryDeps) {
  const { database, commands, delivery, registry, providers, patience, now, mayEndAt, onError } = deps
  const jobsIn = (state: JobState): Promise<JobTable[]> => openJobs(database.read, state)

  /** Our cost of a call that brought nothing. */
  const lossOf = (job: JobTable) => {
    const model = registry.find(job.model)
    return model ? { microUsd: usualCost(model, job) } : {}
  }

  /** Jobs whose pictures nobody has (any more). */
  async function endQueued(): Promise<void> {
    const jobs = (await jobsIn('queued')).filter(job => job.source_count > 0)
    await Promise.all(jobs.map(job => commands.end(job, ['queued'], { state: 'failed', problem: 'interrupted' })))
  }

  const endAsUnknown = (job: JobTable) =>
    commands.end(job, ['calling'], { state: 'unknown', problem: 'interrupted', ...lossOf(job) })

  async function endCalled(): Promise<void> {
    await Promise.all(
      (await jobsIn('calling')).map(job => {
        const provider = providers.get(job.provider)
        if (provider?.way === 'direct' && provider.repeatable)
          return commands.end(job, ['calling'], { state: 'failed', problem: 'interrupted' })
        const tells = provider?.way === 'queue' && deps.callbackOf(job) !== null
        return tells ? commands.waitForWebhook(job, now() + webhookWindowMs) : endAsUnknown(job)
      }),
    )
  }

  /** The results lie ready: the person gets them, unless a file is gone or damaged. */
  async function finishStored(job: JobTable): Promise<void> {
    try {
      const model = registry.find(job.model)
      const microUsd = model ? usualCost(model, job) : 0
      if (job.answer !== null) {
        await keepTrying(() => commands.done(job, { pictures: [], cost: job.price, microUsd }), patience)
        return
      }
      const hashes = await filesOf(database.read, job.id)
      const results = await delivery.read(job, hashes)
      const cost = partOfPrice(job, results.length)
      await delivery.finish(job, hashes, results, { cost, microUsd }, patience)
    } catch (error) {
      onError(error)
      await keepTrying(() => commands.end(job, ['storing'], { state: 'unknown', problem: 'interrupted' }), patience)
    }
  }

  return {
    endQueued,
    /** At start, before the first request: afterwards every open job is one that can run, or runs. */
    async recover(): Promise<void> {
      await endQueued()
      await endCalled()
      for (const job of await jobsIn('storing')) await finishStored(job)
    },
    /** After `recover`: from here on jobs run. */
    async resume(): Promise<void> {
      for (const job of await jobsIn('submitted')) deps.resume(job)
      deps.wake()
      for (const { not_before: at } of await jobsIn('queued')) if (at !== null) deps.wakeAt(at)
    },
    /** Jobs whose queue has told nothing in all the time it had. */
    async endOverdue(): Promise<void> {
      for (const job of await jobsIn('calling'))
        if (job.verdict_until !== null && job.verdict_until <= mayEndAt()) await endAsUnknown(job)
    },
  }
}
