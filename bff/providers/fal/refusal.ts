import type { ProviderFault } from '../provider-error.ts'
import { faultOfStatus, parsedOf, recordOf, textOf } from '../shared/answers.ts'

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
  const usual = faultOfStatus(status, headers.get('retry-after'), now)
  // A locked account and a key without the right answer alike; only the words tell them apart.
  if (status === 403 && /balance/i.test(said.words)) return { kind: 'account', of: 'quota' }
  if (usual.kind === 'account' || usual.kind === 'rate_limited') return usual
  if (said.types.includes('content_policy_violation')) return { kind: 'blocked', stage: 'input', reason: 'other' }
  if (status === 404 || status === 410) return { kind: question === 'submit' ? 'retired_model' : 'bad_answer' }
  // The model's own failure is handed on as the result and named; anything else may be fal's own gateway, and will pass.
  const runFailed = question === 'result' && (headers.has('x-fal-error-type') || said.types.length > 0)
  if (usual.kind === 'unknown_outcome') return runFailed ? { kind: 'no_picture' } : usual
  return said.types.some(type => madeNothing.has(type)) ? { kind: 'no_picture' } : usual
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
