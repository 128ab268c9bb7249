import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { closed } from '../../contract/common.ts'
import type { Parameters, ProviderRequest } from '../provider.ts'
import { TokenPrice } from '../tokens.ts'

const thinking = Type.Optional(
  Type.Union([Type.Literal('minimal'), Type.Literal('low'), Type.Literal('medium'), Type.Literal('high')]),
)

const ImageParameters = closed({
  /** False for a model of one size, which refuses to be told. */
  imageSize: Type.Boolean(),
  thinking,
  /** `image`: what comes out as pixels. Pictures that go in count as input. */
  prices: closed({ input: TokenPrice, output: TokenPrice, image: TokenPrice }),
})
export type ImageParameters = Static<typeof ImageParameters>

const ReadingParameters = closed({
  thinking,
  /** Thoughts count too. */
  maxOutputTokens: Type.Integer({ minimum: 256 }),
  prices: closed({ input: TokenPrice, output: TokenPrice }),
})
export type ReadingParameters = Static<typeof ReadingParameters>

const shapes = { image: Compile(ImageParameters), reading: Compile(ReadingParameters) }

/** What is wrong with a catalogue entry's parameters, or null. */
export function wrongParameters(kind: ProviderRequest['kind'], parameters: Parameters): string | null {
  if (kind === 'model3d') return 'Gemini makes no 3D models'
  const [error] = shapes[kind].Errors(parameters)
  return error ? `${error.instancePath || '/'} ${error.message}` : null
}
