import type { JobState } from '../../contract/generations.ts'
import { priceOf } from '../../contract/values.ts'
import type { JobTable } from '../../db/schema.ts'
import type { Offer } from '../../models/offer.ts'
import type { ModelEntry } from '../../models/registry.ts'
import type { VaultOf } from '../../privacy/vault.ts'
import type { CallControl, Provider } from '../../providers/provider.ts'
import type { SourceMemory } from '../accept/source-memory.ts'
import type { Progress } from '../events/progress.ts'
import type { JobCommands } from '../states/commands.ts'
import type { Timers } from '../timers.ts'
import type { Delivery } from './deliver.ts'
import type { Patience } from './keep-trying.ts'
import type { Semaphores } from './semaphore.ts'
import type { Stopper } from './stopper.ts'
import { optionsOf } from './to-request.ts'

export interface RunDeps {
  offer: Offer
  providers: ReadonlyMap<string, Provider>
  sources: SourceMemory
  commands: JobCommands
  delivery: Delivery
  progress: Progress
  answers: Semaphores
  onFinished: (job: JobTable, ms: number) => void
  vaultOf: VaultOf
  /** Where a queue may tell that a job is done; null: this backend cannot be reached from outside. */
  callbackOf: (job: JobTable) => string | null
  timers: Timers
  now: () => number
  /** Wakes the worker for a job that waits for its second try. */
  wakeAt: (at: number) => void
  /** Goes on with a job that turned out to be in its queue, when this run has ended. */
  resume: (job: JobTable) => void
  /** Aborts when the process may wait no longer: what cannot be written then is left to the next start. */
  giveUp: AbortSignal
  /** Hears what went wrong inside; the person hears only a code. */
  onError: (error: unknown) => void
}

/** One job on its way from `calling` or `submitted` to its end. */
export interface Run {
  deps: RunDeps
  job: JobTable
  model: ModelEntry
  provider: Provider
  stopper: Stopper
  control: CallControl
  /** How far it has come. */
  state: JobState
}

/** What is not written now is tried again until the process ends. */
export const patienceOf = ({ deps: { timers, giveUp, onError } }: Run): Patience => ({
  timers,
  signal: giveUp,
  onError,
})

/** What the provider takes from us for the job by the catalogue, in millionths of a US dollar. */
export const usualCost = (model: ModelEntry, job: JobTable): number =>
  priceOf(model.cost, optionsOf(job), job.source_count)

/** A part of the results costs its part of the price. */
export const partOfPrice = (job: JobTable, results: number): number => (job.price / optionsOf(job).count) * results

/** Small questions to a queue beside the job itself: cancelling, forgetting. */
const bestEffortMs = 10_000

/** Something small asked of a queue; whatever comes of it, the job goes its way. */
export async function bestEffort<T>(
  { job }: Run,
  question: (ticket: string, signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  if (job.request_id === null) return undefined
  return question(job.request_id, AbortSignal.timeout(bestEffortMs)).catch(() => undefined)
}
