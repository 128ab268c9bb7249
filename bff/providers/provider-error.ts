/** What a provider's refusal or silence means; each has one rule for the credits and one sentence. */
export type ProviderFault =
  /** The provider's own rules, on the words or pictures sent (`input`) or on what came out (`output`). */
  | { kind: 'blocked'; stage: 'input' | 'output'; reason: BlockReason }
  /** Answered, but made no picture. */
  | { kind: 'no_picture' }
  /** The provider finds the request wrong. */
  | { kind: 'rejected_input' }
  /** Our account there is empty, or our key is refused. */
  | { kind: 'account'; of: 'quota' | 'credentials' }
  /** The provider no longer knows the model. */
  | { kind: 'retired_model' }
  /** Not accepted; may be sent once more after the time, where the provider names one. */
  | { kind: 'rate_limited'; retryAfterMs: number | null }
  /** No byte has left. */
  | { kind: 'not_sent' }
  /** The provider may have done the work, and may want to be paid for it. */
  | { kind: 'unknown_outcome' }
  /** Paid for, and not usable: no picture, too large, cut off. */
  | { kind: 'bad_answer' }

export const blockReasons = ['sexual', 'violence', 'hate', 'minors', 'person', 'rights', 'self_harm', 'other'] as const
export type BlockReason = (typeof blockReasons)[number]

/** Thrown by adapters. Its message names the fault only: a provider's own text may echo the prompt or our key. */
export class ProviderError extends Error {
  override name = 'ProviderError'
  readonly fault: ProviderFault
  constructor(fault: ProviderFault) {
    super(fault.kind)
    this.fault = fault
  }
}
