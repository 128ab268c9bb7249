import { expect, test } from 'vitest'
import { priceOf } from './values.ts'

const formula = { base: 4, perSize: { '1K': 0, '2K': 3 }, perQuality: { low: 1, high: 8.5 }, perPicture: 2 }

test.each([
  ['the base pays for the first picture', '1K', null, 1, 1, 4],
  ['a larger size costs its part', '2K', null, 1, 1, 7],
  ['pictures after the first cost theirs', '2K', null, 3, 1, 11],
  ['no picture costs no less than one', '1K', null, 0, 1, 4],
  ['a quality multiplies what is made, not what is sent', '1K', 'high', 2, 1, 36],
  ['a part of a credit is a whole one', '2K', 'high', 1, 1, 60],
  ['each result costs the same', '2K', 'high', 1, 3, 180],
  ['a size without a part costs nothing more', '4K', null, 1, 1, 4],
  ['a quality without a factor costs nothing more', '1K', 'medium', 1, 1, 4],
  ['a name every object has is no size and no quality', 'constructor', 'toString', 1, 1, 4],
])('%s', (_, size, quality, pictures, count, credits) =>
  expect(priceOf(formula, { size, quality, count }, pictures)).toBe(credits),
)
