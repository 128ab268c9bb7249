import type { ProviderFault } from '../provider-error.ts'
import { parsedOf, recordOf, retryAfterMs, textOf } from '../shared/answers.ts'

/** What was asked of fal when it refused; the same status means another thing at each. */
export type Question = 'submit' | 'ask' | 'result'

export interface Refusal {
  status: number
  headers: Headers
  /** The text of the answer; only its codes are read, none of it is kept. */
  body: string
}

/** What a refusal means. */
export function faultOf(question: Question, { status, headers, body }: Refusal, now: number): ProviderFault {
  const said = readRefusal(body)
  if (status === 429) return { kind: 'rate_limited', retryAfterMs: retryAfterMs(headers.get('retry-after'), now) }
  if (status === 401) return { kind: 'account', of: 'credentials' }
  if (status === 402) return { kind: 'account', of: 'quota' }
  // A locked account and a key without the right answer alike; only the words tell them apart.
  if (status === 403) return { kind: 'account', of: /balance/i.test(said.words) ? 'quota' : 'credentials' }
  if (said.types.includes('content_policy_violation')) return { kind: 'blocked', stage: 'input', reason: 'other' }
  if (status === 404 || status === 410) return { kind: question === 'submit' ? 'retired_model' : 'bad_answer' }
  if (status === 408 || status >= 500) {
    // The model's own failure is handed on as the result and named; anything else may be fal's own gateway, and will pass.
    const runFailed = question === 'result' && (headers.has('x-fal-error-type') || said.types.length > 0)
    return { kind: runFailed ? 'no_picture' : 'unknown_outcome' }
  }
  if (said.types.some(type => madeNothing.has(type))) return { kind: 'no_picture' }
  return { kind: 'rejected_input' }
}

/** The input was in order, nothing came of it. */
const madeNothing = new Set(['no_media_generated', 'client_cancelled'])

/** fal's models report errors as a list under `detail`; some as one object or as words. */
function readRefusal(body: string): { types: string[]; words: string } {
  const { detail, error_type } = parsedOf(body)
  const errors = (Array.isArray(detail) ? detail : [detail]).map(recordOf)
  const types = [error_type, ...errors.flatMap(({ type, error }) => [type, error])].map(textOf)
  return { types: types.filter(type => type !== ''), words: textOf(detail) }
}
