import type { Egress } from '../egress/egress.ts'
import { ProviderError, type ProviderFault } from '../provider-error.ts'
import type { ApiAccess } from '../shared/access.ts'
import { type Fields, recordOf, retryAfterMs, textOf } from '../shared/answers.ts'

export interface TripoApi extends ApiAccess {
  egress: Egress
  now: () => number
}

/** Answers are small; files come from elsewhere. */
const answerBytes = 1024 * 1024

/**
 * One question to Tripo3D; answers what the envelope holds. An answer that cannot be read is an `unknown_outcome`: the
 * task may have been made, or can be asked for again.
 */
export async function ask(
  { key, baseUrl, egress, now }: TripoApi,
  question: Question,
  path: string,
  init: Pick<RequestInit, 'method' | 'body' | 'headers'> & { signal: AbortSignal },
): Promise<Fields> {
  const { signal, headers, ...request } = init
  const send = egress.fetch({ signal, admit: async () => {} }, { maxBytes: answerBytes })
  const response = await send(`${baseUrl}${path}`, {
    ...request,
    headers: { ...(headers as Record<string, string> | undefined), authorization: `Bearer ${key}` },
  })
  const envelope: unknown = await response.json().catch(() => null)
  const { code, data } = recordOf(envelope)
  // A success of HTTP with another code than 0 is an error.
  if (!response.ok || (typeof code === 'number' && code !== 0))
    throw new ProviderError(faultOf(question, response, envelope, now()))
  if (code !== 0) throw new ProviderError({ kind: 'unknown_outcome' })
  return recordOf(data)
}

/** What was asked of Tripo3D when it refused. */
type Question = 'create' | 'ask'

/** Codes of the envelope; the same number may come with 200. */
const code = {
  unauthorized: 1002,
  forbidden: 1005,
  tooManyRequests: 1007,
  tooManyTasks: 2000,
  taskNotFound: 2001,
  contentPolicy: 2008,
  notEnoughCredit: 2010,
  modelRetired: 2015,
} as const
/** The server itself has failed. */
const serverFailures = [1000, 1001]

/** What a refusal means, by the envelope's code and, where that says nothing, the status. */
function faultOf(
  question: Question,
  { status, headers }: Pick<Response, 'status' | 'headers'>,
  envelope: unknown,
  now: number,
): ProviderFault {
  const said = Number(recordOf(envelope).code)
  const isLimited = said === code.tooManyRequests || said === code.tooManyTasks || status === 429
  if (said === code.notEnoughCredit || status === 402) return { kind: 'account', of: 'quota' }
  if (isLimited) return { kind: 'rate_limited', retryAfterMs: retryAfterMs(headers.get('retry-after'), now) }
  if (said === code.contentPolicy) return blocked
  if (said === code.modelRetired) return { kind: 'retired_model' }
  if (said === code.unauthorized || said === code.forbidden || status === 401 || status === 403)
    return { kind: 'account', of: 'credentials' }
  if (serverFailures.includes(said) || status === 408 || status >= 500) return { kind: 'unknown_outcome' }
  if (question === 'ask' && (said === code.taskNotFound || status === 404)) return { kind: 'bad_answer' }
  if (status === 404) return { kind: 'retired_model' }
  return { kind: 'rejected_input' }
}

const blocked: ProviderFault = { kind: 'blocked', stage: 'input', reason: 'other' }

/** What a task that ended otherwise than well means; null: it has not ended, or well. */
export function faultOfTask(task: unknown): ProviderFault | null {
  const { status, error_code } = recordOf(task)
  switch (textOf(status)) {
    case 'queued':
    case 'running':
    case 'success':
      return null
    case 'banned':
      return blocked
    case 'failed':
      return Number(error_code) === code.contentPolicy ? blocked : { kind: 'no_picture' }
    case 'cancelled':
      return { kind: 'no_picture' }
    case 'expired':
      return { kind: 'bad_answer' }
    // "unknown" is a status of its own, and not the end of a task.
    default:
      return { kind: 'unknown_outcome' }
  }
}
