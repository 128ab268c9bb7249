import { type ProblemCode, ProblemError } from '../contract/problems.ts'
import type { Provider, ProviderRequest, ProviderResult } from '../providers/provider.ts'
import type { Timers } from './timers.ts'

/** Why a call gave no result. */
export class CallEnded extends Error {
  override name = 'CallEnded'
  readonly problem: ProblemCode
  /** False: the maker may have done the work, and may want to be paid for it. */
  readonly isCertain: boolean
  constructor(problem: ProblemCode, isCertain: boolean, cause?: unknown) {
    super(problem, { cause })
    this.problem = problem
    this.isCertain = isCertain
  }
}

export interface Call {
  provider: Provider
  request: ProviderRequest
  deadlineMs: number
  /** Its `stop(code)` ends the call with that code, whether the provider listens or not. */
  stopper: Stopper
  onProgress: (fraction: number) => void
  timers: Timers
}

export interface Stopper {
  readonly signal: AbortSignal
  stop(problem: ProblemCode): void
}

export function createStopper(): Stopper {
  const controller = new AbortController()
  return { signal: controller.signal, stop: problem => controller.abort(new ProblemError(problem)) }
}

/**
 * One call, within its deadline; throws CallEnded. Only where nothing is paid outside is a call that broke (and did not
 * answer) tried a second time.
 */
export async function callProvider(call: Call): Promise<ProviderResult> {
  const { provider, deadlineMs, stopper, timers } = call
  const cancel = timers.after(deadlineMs, () => stopper.stop('timed_out'))
  try {
    return await attempt(call).catch(error => {
      if (!provider.repeatable || error instanceof ProblemError) throw error
      return attempt(call)
    })
  } catch (error) {
    const { aborted, reason } = stopper.signal
    const said = aborted ? reason : error
    const isAnswer = !aborted && error instanceof ProblemError
    throw new CallEnded(
      said instanceof ProblemError ? said.code : 'provider_failed',
      provider.repeatable || isAnswer,
      error,
    )
  } finally {
    cancel()
  }
}

async function attempt({ provider, request, stopper: { signal }, onProgress }: Call): Promise<ProviderResult> {
  const stopped = Promise.withResolvers<never>()
  stopped.promise.catch(() => {})
  const onAbort = () => stopped.reject(signal.reason)
  signal.throwIfAborted()
  signal.addEventListener('abort', onAbort)
  try {
    const report = (fraction: number) => {
      if (!signal.aborted) onProgress(fraction)
    }
    return await Promise.race([provider.call(request, { signal, onProgress: report }), stopped.promise])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
