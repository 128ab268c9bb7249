import type { ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions'
import type { ReadingRequest, SourcePicture } from '../provider.ts'
import { readingInstructions, readingRequest } from '../reading/instructions.ts'
import { readingSchema } from '../reading/schema.ts'
import type { ChatParameters } from './parameters.ts'

/** The body of a chat completion that reads one picture. Instructions and picture are different turns: one rules the other. */
export function toChatBody(
  { source, parameters }: ReadingRequest,
  model: string,
): ChatCompletionCreateParamsNonStreaming {
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
