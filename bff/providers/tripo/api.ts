import type { Egress } from '../egress/egress.ts'
import { recordOf } from '../lenient.ts'
import { ProviderError } from '../provider-error.ts'
import { faultOf, type Question } from './refusal.ts'

export interface TripoOptions {
  key: string
  /** With the version of the API: https://openapi.tripo3d.ai/v3. */
  baseUrl: string
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
  { key, baseUrl, egress, now }: TripoOptions,
  question: Question,
  path: string,
  init: Pick<RequestInit, 'method' | 'body' | 'headers'> & { signal: AbortSignal },
): Promise<Readonly<Record<string, unknown>>> {
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
