import { Type } from 'typebox'

/** Price of one token in millionths of a US dollar: the same number as dollars per million tokens. */
export const TokenPrice = Type.Number({ minimum: 0 })

/** A provider's count of tokens: what is no count, or less than nothing, counts as none. */
export const tokens = (count: unknown): number =>
  typeof count === 'number' && Number.isFinite(count) && count > 0 ? Math.floor(count) : 0

/** Whole millionths of a US dollar. */
export const tokenCost = (items: readonly (readonly [count: number, price: number])[]): number =>
  Math.ceil(items.reduce((sum, [count, price]) => sum + count * price, 0))
