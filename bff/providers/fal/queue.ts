import { createFalClient, type FalClient } from '@fal-ai/client'
import { ProviderError } from '../provider-error.ts'
import type { FalOptions } from './index.ts'
import { faultOf, type Question } from './refusal.ts'

/** Where fal's client sends everything about jobs; it takes no other address, so requests are moved on their way. */
const clientsQueue = 'https://queue.fal.run'
/** Answers of the queue are small; files come from elsewhere. */
const answerBytes = 1024 * 1024

const noRoomNeeded = async () => {}

/** A fetch for one question to fal: every refusal is a ProviderError. */
export function fetchFor(options: FalOptions, question: Question, signal: AbortSignal): typeof fetch {
  const send = options.egress.fetch({ signal, admit: noRoomNeeded }, { maxBytes: answerBytes })
  return async (input, init) => {
    const response = await send(input, init)
    if (response.ok) return response
    const { status, headers } = response
    throw new ProviderError(faultOf(question, { status, headers, body: await response.text() }, options.now()))
  }
}

/**
 * The queue of fal's own client for one question. The client repeats what it takes for passing, a paid submit too, and
 * cannot be told not to; it does not repeat an error it does not know, and from `fetchFor` it gets no others.
 */
export function queueFor(options: FalOptions, question: Question, signal: AbortSignal): FalClient['queue'] {
  const { key, queueUrl } = options
  return createFalClient({
    credentials: key,
    fetch: fetchFor(options, question, signal),
    requestMiddleware: async request => ({ ...request, url: request.url.replace(clientsQueue, queueUrl) }),
  }).queue
}
