import { type ApiServer, createClient } from '../openai/client.ts'
import { toFault } from '../openai/to-fault.ts'
import type { DirectProvider } from '../provider.ts'
import { ProviderError } from '../provider-error.ts'
import { toReading } from './from-response.ts'
import { type ChatParameters, wrongParameters } from './parameters.ts'
import { toChatBody } from './to-request.ts'

export interface ChatOptions extends ApiServer {
  now: () => number
  /** The name under which the server knows its model, where the catalogue cannot know it. */
  model?: string | null
}

/** A reading is a few kilobytes; what is longer was not asked for. */
const maxBytes = 1024 * 1024

/**
 * Reading through a vision model behind OpenAI's chat completions: OpenAI's own, or a server on the operator's machine.
 * The newer Responses API is spoken by few of those.
 */
export function createChatProvider({ now, model, ...server }: ChatOptions): DirectProvider {
  return {
    way: 'direct',
    // A server of one's own may be a proxy that pays a provider for each call.
    repeatable: false,
    wrongParameters,
    async call(request, control) {
      if (request.kind !== 'reading') throw new ProviderError({ kind: 'rejected_input' })
      const body = toChatBody(request, model ?? request.endpoint)
      try {
        const answer: unknown = await createClient(server, control, { maxBytes }).chat.completions.create(body)
        return toReading(answer, request.parameters as ChatParameters)
      } catch (error) {
        throw new ProviderError(toFault(error, now()))
      }
    },
    close: () => server.egress.close(),
  }
}
