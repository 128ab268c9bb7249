import { type ProblemCode, ProblemError } from '../../contract/problems.ts'
import { ProviderError } from '../../providers/provider-error.ts'
import { Stopped } from './ask-provider.ts'
import { keepTrying } from './keep-trying.ts'
import { type Ending, outcomeOf } from './outcome.ts'
import { bestEffort, patienceOf, type Run, usualCost } from './run.ts'

/** What becomes of a job whose answer did not come, or could not be kept. */
export async function fail(run: Run, error: unknown): Promise<void> {
  const { deps, job, model, provider } = run
  const { circuits } = deps.offer
  const repeatable = provider.way === 'direct' && provider.repeatable
  if (error instanceof ProviderError) {
    const { fault } = error
    if (error.cause !== undefined)
      deps.onError(repeatable ? error.cause : new Error(`The adapter of ${job.provider} broke.`))
    if (fault.kind === 'account') circuits.refusedUs(job.provider)
    else if (['unknown_outcome', 'not_sent', 'rate_limited', 'bad_answer'].includes(fault.kind))
      circuits.failed(job.provider)
    else circuits.answered(job.provider)
    if (fault.kind === 'retired_model') deps.offer.retire(model.id)
    if (fault.kind === 'account' || fault.kind === 'retired_model')
      deps.onError(new Error(`The provider of ${model.id} answered: ${fault.kind}.`))
    const until = circuits.restsUntil(job.provider)
    if (until !== null) deps.wakeAt(until)
    const outcome = outcomeOf(fault, { refusals: job.refusals, repeatable, successor: model.successor })
    if (outcome.next === 'end') return end(run, outcome.ending)
    const at = deps.now() + outcome.afterMs
    if (await keepTrying(() => deps.commands.again(job, at), patienceOf(run))) deps.wakeAt(at)
    return
  }
  if (error instanceof Stopped) return stopped(run, error.problem, repeatable)
  if (!(error instanceof ProblemError)) deps.onError(error)
  const isPaid = !repeatable && (run.state === 'storing' || !(error instanceof ProblemError))
  const state = run.state === 'storing' || isPaid ? 'unknown' : 'failed'
  await end(run, { state, problem: problemOf(error), isLoss: isPaid })
}

/** The deadline, the person or the end of the process came before the answer. */
async function stopped(run: Run, problem: ProblemCode, repeatable: boolean): Promise<void> {
  const { deps, job, provider } = run
  // A queue keeps it; the next start asks on.
  if (run.state === 'submitted' && problem === 'interrupted') return
  if (problem === 'timed_out' && !repeatable) deps.offer.circuits.failed(job.provider)
  const isTakenBack =
    run.state === 'submitted' &&
    provider.way === 'queue' &&
    (await bestEffort(run, (ticket, signal) => provider.cancel(ticket, signal))) === true
  const state = repeatable || isTakenBack ? 'failed' : 'unknown'
  await end(run, { state, problem, isLoss: state === 'unknown' })
}

async function end(run: Run, { isLoss, ...ending }: Ending): Promise<void> {
  const { deps, job, model, provider, state } = run
  const loss = isLoss && { microUsd: usualCost(model, job) }
  const isEnded = await keepTrying(() => deps.commands.end(job, [state], { ...ending, ...loss }), patienceOf(run))
  // A verdict is the end; of an unknown outcome something may still come, and be asked for.
  if (isEnded && ending.state === 'failed' && provider.way === 'queue')
    await bestEffort(run, (ticket, signal) => provider.forget(ticket, signal))
  if (isEnded || state !== 'calling') return
  // The queue told us the ticket that its own answer did not bring.
  const found = await deps.commands.find(job.id)
  if (found?.state === 'submitted') deps.resume(found)
}

function problemOf(error: unknown): ProblemCode {
  if (error instanceof ProblemError) return error.code
  const isFull = ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '')
  return isFull ? 'storage_full' : 'internal'
}
