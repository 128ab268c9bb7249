import { type Static, Type } from 'typebox'
import { closed, oneOf } from '../../contract/common.ts'
import { TokenPrice } from '../shared/parameters.ts'

const thinking = Type.Optional(oneOf(['minimal', 'low', 'medium', 'high']))

export const ImageParameters = closed({
  /** False for a model of one size, which refuses to be told. */
  imageSize: Type.Boolean(),
  thinking,
  /** `image`: what comes out as pixels. Pictures that go in count as input. */
  prices: closed({ input: TokenPrice, output: TokenPrice, image: TokenPrice }),
})
export type ImageParameters = Static<typeof ImageParameters>

export const ReadingParameters = closed({
  thinking,
  /** Thoughts count too. */
  maxOutputTokens: Type.Integer({ minimum: 256 }),
  prices: closed({ input: TokenPrice, output: TokenPrice }),
})
export type ReadingParameters = Static<typeof ReadingParameters>
