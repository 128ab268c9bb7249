import type { ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions'
import { type Static, Type } from 'typebox'
import { closed, oneOf } from '../../contract/common.ts'
import type { DirectProvider, ProviderAnswer, ReadingRequest, SourcePicture } from '../provider.ts'
import { ProviderError } from '../provider-error.ts'
import { listOf, recordOf, textOf, tokenCost, tokens } from '../shared/answers.ts'
import { TokenPrice } from '../shared/parameters.ts'
import { parseReading } from '../shared/reading-answer.ts'
import { readingInstructions, readingRequest, readingSchema } from '../shared/reading-prompt.ts'
import { type ApiServer, createClient } from './client.ts'
import { faultOf } from './refusal.ts'

/** What of the API a server speaks: OpenAI's own knows all of it, the servers on people's machines parts. */
export const ChatParameters = closed({
  /** How the shape of the answer is asked for; `none`: in words only. */
  format: oneOf(['json_schema', 'json_object', 'none']),
  limitField: oneOf(['max_completion_tokens', 'max_tokens']),
  /** Thoughts count too. */
  maxTokens: Type.Integer({ minimum: 256 }),
  /** Sent only where the server knows the field; false: nothing is kept. */
  store: Type.Optional(Type.Literal(false)),
  detail: Type.Optional(oneOf(['low', 'high', 'auto'])),
  reasoningEffort: Type.Optional(oneOf(['none', 'minimal', 'low', 'medium'])),
  /** Left out: nothing is paid by tokens. */
  prices: Type.Optional(closed({ input: TokenPrice, output: TokenPrice })),
})
export type ChatParameters = Static<typeof ChatParameters>

/** A reading is a few kilobytes; what is longer was not asked for. */
const maxBytes = 1024 * 1024

/**
 * Reading through a vision model behind OpenAI's chat completions: OpenAI's own, or a server on the operator's machine.
 * The newer Responses API is spoken by few of those. `model` is the name under which the server knows its model, where
 * the catalogue cannot know it.
 */
export const chatProvider = (server: ApiServer, { model }: { model: string | null }): DirectProvider => ({
  way: 'direct',
  // A server of one's own may be a proxy that pays somebody for each call.
  repeatable: false,
  async call(request, control) {
    if (request.kind !== 'reading') throw new ProviderError({ kind: 'rejected_input' })
    const body = toChatBody(request, model ?? request.endpoint)
    try {
      const answer: unknown = await createClient(server, control, { maxBytes }).chat.completions.create(body)
      return toReading(answer, request.parameters as ChatParameters)
    } catch (error) {
      throw new ProviderError(faultOf(error, server.now()))
    }
  },
  close: () => server.egress.close(),
})

/** The body of a chat completion that reads one picture. Instructions and picture are different turns: one rules the other. */
function toChatBody({ source, parameters }: ReadingRequest, model: string): ChatCompletionCreateParamsNonStreaming {
  const { format, limitField, maxTokens, store, detail, reasoningEffort } = parameters as ChatParameters
  return {
    model,
    ...(store === false && { store }),
    messages: [
      { role: 'system', content: readingInstructions },
      {
        role: 'user',
        content: [
          { type: 'text', text: readingRequest },
          { type: 'image_url', image_url: { url: dataUrl(source), ...(detail && { detail }) } },
        ],
      },
    ],
    ...formats[format],
    ...(reasoningEffort && { reasoning_effort: reasoningEffort }),
    [limitField]: maxTokens,
  }
}

const formats = {
  json_schema: {
    response_format: {
      type: 'json_schema',
      json_schema: { name: 'reading', strict: true, schema: readingSchema },
    },
  },
  json_object: { response_format: { type: 'json_object' } },
  none: {},
} as const

const dataUrl = ({ mime, bytes }: SourcePicture) => `data:${mime};base64,${bytes.toString('base64')}`

/** The reading in a chat completion, or a ProviderError. A refusal comes as a success. */
function toReading(answer: unknown, { prices }: ChatParameters): ProviderAnswer {
  const { choices, usage } = recordOf(answer)
  const { message, finish_reason } = recordOf(listOf(choices)[0])
  const { content, refusal } = recordOf(message)
  if (finish_reason === 'content_filter' || textOf(refusal))
    throw new ProviderError({ kind: 'blocked', stage: 'output', reason: 'other' })
  return { kind: 'reading', reading: parseReading(contentText(content)), usage: { microUsd: costOf(usage, prices) } }
}

/** Some servers answer in parts, as they are asked. */
const contentText = (content: unknown): string =>
  textOf(content) ||
  listOf(content)
    .map(part => textOf(recordOf(part).text))
    .join('')

function costOf(usage: unknown, prices: ChatParameters['prices']): number | null {
  if (!prices) return 0
  if (typeof usage !== 'object' || usage === null) return null
  const { prompt_tokens, completion_tokens } = recordOf(usage)
  return tokenCost([
    [tokens(prompt_tokens), prices.input],
    [tokens(completion_tokens), prices.output],
  ])
}
