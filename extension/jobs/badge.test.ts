import { expect, test } from 'vitest'
import { badgeText } from './badge.ts'

test('the badge counts running jobs, then shows a dot for news, then nothing', () => {
  expect(badgeText(2, true)).toBe('2')
  expect(badgeText(0, true)).toBe('•')
  expect(badgeText(0, false)).toBe('')
})
