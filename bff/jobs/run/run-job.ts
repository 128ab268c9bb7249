import { ProblemError } from '../../contract/problems.ts'
import type { JobTable } from '../../db/schema.ts'
import { sealAnswer } from '../../library/answers.ts'
import { release } from '../../privacy/release.ts'
import type { ProviderAnswer, QueueProvider, SourcePicture } from '../../providers/provider.ts'
import type { SourceMemory } from '../accept/source-memory.ts'
import { callDirect, followTicket, Stopped, submitOnce } from './ask-provider.ts'
import type { Paid } from './deliver.ts'
import { fail } from './failure.ts'
import { keepTrying } from './keep-trying.ts'
import { bestEffort, partOfPrice, patienceOf, type Run, type RunDeps, usualCost } from './run.ts'
import type { Stopper } from './stopper.ts'
import { toRequest } from './to-request.ts'

/** A job found again after a long stop is asked for once more at least. */
const atLeastMs = 60_000
/** Attempts at storing a result before the job ends without it. */
const storeAttempts = 5

/** Takes one claimed job, or one that a queue has, to its end. */
export async function runJob(deps: RunDeps, job: JobTable, stopper: Stopper): Promise<void> {
  const { commands, offer, providers, progress, timers, now } = deps
  const patience = { timers, signal: deps.giveUp, onError: deps.onError }
  const model = offer.registry.find(job.model)
  const provider = providers.get(job.provider)
  if (!provider || !model) {
    await keepTrying(() => commands.end(job, [job.state], { state: 'failed', problem: 'model_retired' }), patience)
    return
  }
  const place = deps.answers.place(job.provider)
  const { signal } = stopper
  const onProgress = (fraction: number) => {
    if (!signal.aborted) progress.report(job, fraction)
  }
  const control = { signal, onProgress, admit: place.admit }
  const run: Run = { deps, job, model, provider, stopper, control, state: job.state }
  const deadline = (job.started_at ?? now()) + model.deadlineMs
  const leftMs = Math.min(Math.max(atLeastMs, deadline - now()), model.deadlineMs)
  const cancelTimer = timers.after(leftMs, () => stopper.stop('timed_out'))
  try {
    await deliver(run, await ask(run))
  } catch (error) {
    await fail(run, error)
  } finally {
    cancelTimer()
    place.release()
    progress.forget(job.id)
  }
}

/** The provider's answer, by whatever way it gives one. */
async function ask(run: Run): Promise<ProviderAnswer> {
  const { deps, job, model, provider, control } = run
  let { request_id: ticket } = job
  if (ticket === null) {
    const vault = await deps.vaultOf(job.person_id)
    const request = toRequest(job, model, vault, sourcesOf(deps.sources, job))
    if (provider.way === 'direct') return callDirect(provider, request, control)
    ticket = await submitOnce(provider, request, { ...control, callback: deps.callbackOf(job) })
    const known = ticket
    // Written whatever it takes: without its ticket the job is lost to us, and paid.
    if (!(await keepTrying(() => deps.commands.submitted(job, known), patienceOf(run)))) throw new Stopped('cancelled')
    job.request_id = ticket
    run.state = 'submitted'
  }
  return followTicket({ provider: provider as QueueProvider, ticket, control, timers: deps.timers })
}

function sourcesOf(memory: SourceMemory, job: JobTable): SourcePicture[] {
  const pictures = memory.of(job.id) ?? []
  if (pictures.length !== job.source_count) throw new ProblemError('interrupted')
  return pictures
}

async function deliver(run: Run, answer: ProviderAnswer): Promise<void> {
  const { deps, job, provider } = run
  const { commands, delivery, offer, now } = deps
  const patience = { ...patienceOf(run), attempts: storeAttempts }
  if (answer.kind === 'reading') {
    const sealed = sealAnswer(await deps.vaultOf(job.person_id), job.id, answer.reading)
    if (!(await keepTrying(() => commands.storing(job, { answer: sealed }), patience))) return
    run.state = 'storing'
    await keepTrying(() => commands.done(job, { pictures: [], ...paidFor(run, 1, answer) }), patience)
  } else {
    const results = await delivery.inspect(job, answer.files, answer.preview)
    const hashes = await delivery.store(job, results, patience)
    if (hashes === null) return
    run.state = 'storing'
    await delivery.finish(job, hashes, results, paidFor(run, results.length, answer), patience)
    for (const file of answer.files) release(file)
  }
  offer.circuits.answered(job.provider)
  deps.onFinished(job, now() - job.started_at!)
  if (provider.way === 'queue') await bestEffort(run, (ticket, signal) => provider.forget(ticket, signal))
}

const paidFor = ({ job, model }: Run, results: number, { usage }: ProviderAnswer): Paid => ({
  cost: partOfPrice(job, results),
  microUsd: usage.microUsd ?? usualCost(model, job),
})
