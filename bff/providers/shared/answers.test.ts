import { expect, test } from 'vitest'
import { retryAfterMs } from './answers.ts'

const now = Date.UTC(2026, 10, 21, 12)

test.each([
  ['seconds', '7', 7000],
  ['at once', '0', 0],
  ['a date', 'Sat, 21 Nov 2026 12:00:30 GMT', 30_000],
  ['a date gone by', 'Sat, 21 Nov 2026 11:00:00 GMT', null],
  ['a year in seconds', '31536000', 3_600_000],
  ['a date of the next century', 'Fri, 21 Nov 2126 12:00:00 GMT', 3_600_000],
  ['seconds without end', '9'.repeat(400), 3_600_000],
  ['a negative number', '-5', null],
  ['words', 'soon', null],
  ['nothing', null, null],
])('Retry-After: %s', (_what, header, ms) => {
  expect(retryAfterMs(header, now)).toBe(ms)
})
