import { expect, test } from 'vitest'
import { beginning } from './use-words.ts'

test('a label is cut between what a person sees as characters, never through one', () => {
  const family = '👨‍👩‍👧‍👦'
  expect(beginning(family.repeat(100))).toBe(family.repeat(100))
  expect(beginning(family.repeat(101))).toBe(`${family.repeat(99)}…`)
  expect(beginning(`${'a'.repeat(98)}か\u3099か\u3099か\u3099`)).toBe(`${'a'.repeat(98)}か\u3099…`)
  expect(beginning('  one \n two ')).toBe('one two')
})
