import { type ProblemCode, ProblemError } from '../../contract/problems.ts'

/** Ends what a job is waiting for, with the reason. */
export interface Stopper {
  readonly signal: AbortSignal
  stop(problem: ProblemCode): void
}

export function createStopper(): Stopper {
  const controller = new AbortController()
  return { signal: controller.signal, stop: problem => controller.abort(new ProblemError(problem)) }
}

/** Why the signal was stopped. */
export const stoppedFor = (signal: AbortSignal): ProblemCode =>
  signal.reason instanceof ProblemError ? signal.reason.code : 'interrupted'

/** What `work` brings, unless the signal ends first: nobody waits for a provider that does not listen. */
export async function unlessStopped<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  signal.throwIfAborted()
  const stopped = Promise.withResolvers<never>()
  stopped.promise.catch(() => {})
  const onAbort = () => stopped.reject(signal.reason)
  signal.addEventListener('abort', onAbort)
  try {
    return await Promise.race([work(), stopped.promise])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
