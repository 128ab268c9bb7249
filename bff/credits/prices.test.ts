import { expect, test } from 'vitest'
import { price } from './prices.ts'

const formula = { base: 4, perSize: { '1K': 0, '2K': 3 }, perPicture: 2 }

test.each([
  ['the base pays for the first picture', '1K', 1, 4],
  ['a larger size costs its part', '2K', 1, 7],
  ['pictures after the first cost theirs', '2K', 3, 11],
  ['no picture costs no less than one', '1K', 0, 4],
  ['a size without a part costs nothing more', '4K', 1, 4],
  ['a name every object has is no size', 'constructor', 1, 4],
])('%s', (_, size, pictures, credits) => expect(price(formula, size, pictures)).toBe(credits))
