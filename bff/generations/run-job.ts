import type { JobState } from '../contract/generations.ts'
import { type ProblemCode, ProblemError } from '../contract/problems.ts'
import type { JobTable } from '../db/schema.ts'
import { openPrompt } from '../library/pictures.ts'
import type { Registry } from '../models/registry.ts'
import type { UsualTimes } from '../models/usual-times.ts'
import type { PersonVault } from '../privacy/vault.ts'
import type { Provider, ProviderRequest, SourcePicture } from '../providers/provider.ts'
import { CallEnded, callProvider, type Stopper } from './call-provider.ts'
import type { Delivery, Result } from './deliver.ts'
import type { Ending, JobCommands } from './job-commands.ts'
import { keepTrying } from './keep-trying.ts'
import type { Progress } from './progress.ts'
import type { SourceMemory } from './source-memory.ts'
import type { Timers } from './timers.ts'

export interface RunDeps {
  registry: Registry
  providers: ReadonlyMap<string, Provider>
  sources: SourceMemory
  commands: JobCommands
  delivery: Delivery
  progress: Progress
  usualTimes: UsualTimes
  boxOf: (personId: string) => Promise<PersonVault>
  timers: Timers
  now: () => number
  /** Aborts when the process may wait no longer: what cannot be written then is left to the next start. */
  giveUp: AbortSignal
  /** Hears what went wrong inside; the person hears only a code. */
  onError: (error: unknown) => void
}

/** Attempts at storing a result before the job ends without it. */
const storeAttempts = 5

/** Takes one claimed job to its end. */
export async function runJob(deps: RunDeps, job: JobTable, stopper: Stopper): Promise<void> {
  const { commands, delivery, progress, usualTimes, timers, now, giveUp, onError } = deps
  const patience = { timers, signal: giveUp, onError }
  let state: JobState = 'calling'
  try {
    const result = await call(deps, job, stopper)
    const fileHash = await delivery.store(job, result, { ...patience, attempts: storeAttempts })
    if (fileHash === null) return
    state = 'storing'
    if (await delivery.finish(job, fileHash, result, { ...patience, attempts: storeAttempts }))
      usualTimes.record(job.model, now() - job.started_at!)
  } catch (error) {
    const ending = endingOf(error, state, deps.providers.get(job.provider)?.repeatable ?? true)
    if (!(error instanceof CallEnded)) onError(error)
    else if (error.problem === 'provider_failed' || error.problem === 'internal') onError(error.cause)
    const from = [state]
    await keepTrying(() => commands.end(job, from, ending), patience)
  } finally {
    progress.forget(job.id)
  }
}

async function call(deps: RunDeps, job: JobTable, stopper: Stopper): Promise<Result> {
  const { registry, providers, sources, delivery, boxOf, progress, timers } = deps
  const provider = providers.get(job.provider)
  const model = registry.find(job.model)
  if (!provider || !model) throw new CallEnded('model_retired', true)
  const pictures = sources.of(job.id) ?? []
  if (pictures.length !== job.source_count) throw new CallEnded('interrupted', true)
  const prompt = openPrompt(await boxOf(job.person_id), job.id, job.prompt)
  const { bytes } = await callProvider({
    provider,
    request: toRequest(job, model.endpoint, prompt, pictures),
    deadlineMs: model.deadlineMs,
    stopper,
    onProgress: fraction => progress.report(job, fraction),
    timers,
  })
  return delivery.inspect(bytes).catch(error => {
    throw new CallEnded('provider_failed', true, error)
  })
}

function toRequest(job: JobTable, endpoint: string, prompt: string, sources: SourcePicture[]): ProviderRequest {
  const { width, height } = job
  const { seed } = JSON.parse(job.options) as { seed: number }
  return { endpoint, prompt, sources, width, height, seed }
}

/** A call that may have been paid for, or a result that was there already, ends as unknown; everything else has failed. */
function endingOf(error: unknown, state: JobState, isRepeatable: boolean): Ending {
  if (error instanceof CallEnded) return { state: error.isCertain ? 'failed' : 'unknown', problem: error.problem }
  return { state: state === 'storing' || !isRepeatable ? 'unknown' : 'failed', problem: problemOf(error) }
}

function problemOf(error: unknown): ProblemCode {
  if (error instanceof ProblemError) return error.code
  const isFull = ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '')
  return isFull ? 'storage_full' : 'internal'
}
