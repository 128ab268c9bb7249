import { createFalClient, type FalClient } from '@fal-ai/client'
import type { Egress } from '../egress/egress.ts'
import { ProviderError } from '../provider-error.ts'
import { faultOf, type Question } from './refusal.ts'

export interface FalAccess {
  key: string
  /** Jobs: https://queue.fal.run. */
  queueUrl: string
  /** The keys that webhooks are signed with: https://rest.fal.ai. */
  restUrl: string
  /** Deleting what is kept of a job: https://api.fal.ai/v1. */
  apiUrl: string
}

export interface FalApi extends FalAccess {
  egress: Egress
  now: () => number
}

/** Where fal's client sends everything about jobs; it takes no other address, so requests are moved on their way. */
const clientsQueue = 'https://queue.fal.run'
/** Answers of the queue are small; files come from elsewhere. */
const answerBytes = 1024 * 1024

const noRoomNeeded = async () => {}

/** A fetch for one question to fal: every refusal is a ProviderError. */
export function fetchFor(api: FalApi, question: Question, signal: AbortSignal): typeof fetch {
  const send = api.egress.fetch({ signal, admit: noRoomNeeded }, { maxBytes: answerBytes })
  return async (input, init) => {
    const response = await send(input, init)
    if (response.ok) return response
    const { status, headers } = response
    throw new ProviderError(faultOf(question, { status, headers, body: await response.text() }, api.now()))
  }
}

/**
 * The queue of fal's own client for one question. The client repeats what it takes for passing, a paid submit too, and
 * cannot be told not to; it does not repeat an error it does not know, and from `fetchFor` it gets no others.
 */
export function queueFor(api: FalApi, question: Question, signal: AbortSignal): FalClient['queue'] {
  const { key, queueUrl } = api
  return createFalClient({
    credentials: key,
    fetch: fetchFor(api, question, signal),
    requestMiddleware: async request => ({ ...request, url: request.url.replace(clientsQueue, queueUrl) }),
  }).queue
}
