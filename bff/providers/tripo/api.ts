import type { Egress } from '../egress/egress.ts'
import { ProviderError, type ProviderFault } from '../provider-error.ts'
import type { ApiAccess } from '../shared/access.ts'
import { type Fields, faultOfStatus, recordOf, textOf } from '../shared/answers.ts'

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

/** Codes of the envelope; each may come with any status. */
const code = { taskNotFound: 2001, contentPolicy: 2008, modelRetired: 2015 } as const
/** The statuses that mean the same as other codes. */
const statuses: Readonly<Record<number, number>> = {
  1000: 500,
  1001: 500,
  1002: 401,
  1005: 403,
  1007: 429,
  2000: 429,
  2010: 402,
}

/** What a refusal means, by the envelope's code and, where that says nothing, the status. */
function faultOf(
  question: Question,
  { status, headers }: Pick<Response, 'status' | 'headers'>,
  envelope: unknown,
  now: number,
): ProviderFault {
  const said = Number(recordOf(envelope).code)
  if (said === code.contentPolicy) return blocked
  if (said === code.modelRetired) return { kind: 'retired_model' }
  const meant = statuses[said] ?? status
  if (question === 'ask' && (said === code.taskNotFound || meant === 404)) return { kind: 'bad_answer' }
  return faultOfStatus(meant, headers.get('retry-after'), now)
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
