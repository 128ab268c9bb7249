import { listOf, recordOf, textOf } from '../lenient.ts'
import type { ProviderAnswer } from '../provider.ts'
import { ProviderError } from '../provider-error.ts'
import { parseReading } from '../reading/parse.ts'
import { tokenCost, tokens } from '../tokens.ts'
import type { ChatParameters } from './parameters.ts'

/** The reading in a chat completion, or a ProviderError. A refusal comes as a success. */
export function toReading(answer: unknown, { prices }: ChatParameters): ProviderAnswer {
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
