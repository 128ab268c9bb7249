import { Type } from 'typebox'

/** Price of one token in millionths of a US dollar: the same number as dollars per million tokens. */
export const TokenPrice = Type.Number({ minimum: 0 })

/** A maker's count of tokens: what is no count, or less than nothing, counts as none. */
export const tokens = (count: unknown): number =>
  typeof count === 'number' && Number.isFinite(count) && count > 0 ? Math.floor(count) : 0
