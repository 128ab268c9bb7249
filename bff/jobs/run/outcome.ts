import type { ProblemParams } from '../../contract/common.ts'
import type { ProblemCode } from '../../contract/problems.ts'
import type { ProviderFault } from '../../providers/provider-error.ts'

/** How a job ends without a result. */
export interface Ending {
  state: 'failed' | 'unknown'
  problem: ProblemCode
  params?: ProblemParams
  /** The provider may have done the work: our cost is booked as a loss. */
  isLoss?: boolean
}

export type Outcome = { next: 'end'; ending: Ending } | { next: 'again'; afterMs: number }

export interface Circumstances {
  /** Times this job was refused for now before. */
  refusals: number
  /** Nothing is paid outside. */
  repeatable: boolean
  successor: string | null
}

const usualPauseMs = 5_000
/** Longer waits are the person's to decide. */
const longestPauseMs = 60_000

/** The one table from what a provider did to what becomes of the job and its credits; the hold is returned in every ending. */
export function outcomeOf(fault: ProviderFault, { refusals, repeatable, successor }: Circumstances): Outcome {
  const failed = (problem: ProblemCode, rest: Omit<Ending, 'state' | 'problem'> = {}): Outcome => ({
    next: 'end',
    ending: { state: 'failed', problem, ...rest },
  })
  switch (fault.kind) {
    case 'blocked':
      return failed('blocked', { params: { stage: fault.stage, reason: fault.reason } })
    case 'no_picture':
      return failed('no_picture')
    case 'rejected_input':
      return failed('rejected_input')
    case 'account':
      return failed('provider_unavailable')
    case 'retired_model':
      return failed('model_retired', successor === null ? {} : { params: { successor } })
    case 'rate_limited':
    case 'not_sent': {
      const afterMs = (fault.kind === 'rate_limited' && fault.retryAfterMs) || usualPauseMs
      return refusals > 0 || afterMs > longestPauseMs ? failed('provider_busy') : { next: 'again', afterMs }
    }
    case 'bad_answer':
      return failed('provider_failed', { isLoss: !repeatable })
    case 'unknown_outcome':
      return repeatable
        ? failed('provider_failed')
        : { next: 'end', ending: { state: 'unknown', problem: 'unknown_outcome', isLoss: true } }
  }
}
