import { expect, test } from 'vitest'
import { readLimit } from './limits-part.tsx'

test('whole numbers, as people of both languages type them', () => {
  expect(['0', ' 100 ', '1,000', '１００', '1000000'].map(readLimit)).toEqual([0, 100, 1000, 100, 1_000_000])
})

test('nothing is no limit', () => {
  expect(['', '  '].map(readLimit)).toEqual([null, null])
})

test('everything else is no number of credits', () => {
  expect(['-1', '1.5', '1e3', 'many', '1000001', '0x10'].map(readLimit)).toEqual(Array(6).fill(undefined))
})
