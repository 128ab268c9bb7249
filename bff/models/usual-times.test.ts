import { expect, test } from 'vitest'
import { createUsualTimes } from './usual-times.ts'

test('the usual time is the median of recent jobs, and the guess until there are some', () => {
  const times = createUsualTimes()
  for (const ms of [10, 20, 9000, 30]) times.record('a', ms)
  expect(times.of('a', 2500)).toBe(2500)
  times.record('a', 40)
  expect(times.of('a', 2500)).toBe(30)
  for (let i = 0; i < 100; i++) times.record('a', 500)
  expect(times.of('a', 2500)).toBe(500)
  expect(times.of('b', 7)).toBe(7)
})
