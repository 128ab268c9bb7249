import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { closed } from '../../contract/common.ts'
import type { Parameters, ProviderRequest } from '../provider.ts'
import { TokenPrice } from '../tokens.ts'

/** What of the API a server speaks: OpenAI's own knows all of it, the servers on people's machines parts. */
const ChatParameters = closed({
  /** How the shape of the answer is asked for; `none`: in words only. */
  format: Type.Union([Type.Literal('json_schema'), Type.Literal('json_object'), Type.Literal('none')]),
  limitField: Type.Union([Type.Literal('max_completion_tokens'), Type.Literal('max_tokens')]),
  /** Thoughts count too. */
  maxTokens: Type.Integer({ minimum: 256 }),
  /** Sent only where the server knows the field; false: nothing is kept. */
  store: Type.Optional(Type.Literal(false)),
  detail: Type.Optional(Type.Union([Type.Literal('low'), Type.Literal('high'), Type.Literal('auto')])),
  reasoningEffort: Type.Optional(
    Type.Union([Type.Literal('none'), Type.Literal('minimal'), Type.Literal('low'), Type.Literal('medium')]),
  ),
  /** Left out: nothing is paid by tokens. */
  prices: Type.Optional(closed({ input: TokenPrice, output: TokenPrice })),
})
export type ChatParameters = Static<typeof ChatParameters>

const shape = Compile(ChatParameters)

/** What is wrong with a catalogue entry's parameters, or null. */
export function wrongParameters(kind: ProviderRequest['kind'], parameters: Parameters): string | null {
  if (kind !== 'reading') return 'it reads pictures only'
  const [error] = shape.Errors(parameters)
  return error ? `${error.instancePath || '/'} ${error.message}` : null
}
