import type { ProblemCode } from '../../contract/problems.ts'
import type {
  CallControl,
  DirectProvider,
  ProviderAnswer,
  ProviderRequest,
  QueueProvider,
  Ticket,
} from '../../providers/provider.ts'
import { ProviderError } from '../../providers/provider-error.ts'
import { pause, type Timers } from '../timers.ts'
import { stoppedFor, unlessStopped } from './stopper.ts'

/** Nobody waits any more: a deadline, the person, or the end of the process. */
export class Stopped extends Error {
  override name = 'Stopped'
  readonly problem: ProblemCode
  constructor(problem: ProblemCode) {
    super(problem)
    this.problem = problem
  }
}

/**
 * One call. Only where nothing is paid outside is a call that broke (and did not answer) tried a second time. Throws
 * ProviderError or Stopped; an error of any other kind means that we do not know what the provider did.
 */
export async function callDirect(
  provider: DirectProvider,
  request: ProviderRequest,
  control: CallControl,
): Promise<ProviderAnswer> {
  const { signal } = control
  const attempt = () => unlessStopped(signal, () => provider.call(request, control))
  try {
    return await attempt().catch(error => {
      if (!provider.repeatable || error instanceof ProviderError) throw error
      return attempt()
    })
  } catch (error) {
    throw signal.aborted ? new Stopped(stoppedFor(signal)) : asProviderError(error)
  }
}

/** Hands a job to a queue, once. */
export async function submitOnce(
  provider: QueueProvider,
  request: ProviderRequest,
  control: CallControl & { callback: string | null },
): Promise<Ticket> {
  try {
    return await unlessStopped(control.signal, () => provider.submit(request, control))
  } catch (error) {
    throw control.signal.aborted ? new Stopped(stoppedFor(control.signal)) : asProviderError(error)
  }
}

interface Following {
  provider: QueueProvider
  ticket: Ticket
  control: CallControl
  timers: Timers
}

/** Faults of asking, not of the job: the next question may be answered. */
const isNoVerdict = (error: unknown) =>
  !(error instanceof ProviderError) ||
  ['rate_limited', 'not_sent', 'unknown_outcome', 'account'].includes(error.fault.kind)

/** Asks the queue until it has the result or a verdict. */
export async function followTicket({ provider, ticket, control, timers }: Following): Promise<ProviderAnswer> {
  const { signal } = control
  for (;;) {
    try {
      const status = await unlessStopped(signal, () => provider.status(ticket, signal))
      if (status.state === 'completed') return await unlessStopped(signal, () => provider.result(ticket, control))
      if (status.progress !== null) control.onProgress(status.progress)
    } catch (error) {
      if (signal.aborted) throw new Stopped(stoppedFor(signal))
      if (!isNoVerdict(error)) throw error
    }
    await pause(provider.pollMs, timers, signal)
    if (signal.aborted) throw new Stopped(stoppedFor(signal))
  }
}

/** What went wrong inside an adapter, without a name: the provider may have been paid. Its text may hold secrets and is dropped. */
const asProviderError = (error: unknown) =>
  error instanceof ProviderError
    ? error
    : Object.assign(new ProviderError({ kind: 'unknown_outcome' }), { cause: error })
