import { expect, test } from 'vitest'
import { createClock } from '../test/clock.ts'
import { neverEarly } from './timers.ts'

test('what may end by the clock ends in its time; setting the clock forward ends nothing early, setting it back holds it up', () => {
  const clock = createClock()
  const begun = clock.now()
  const mayEndAt = neverEarly(clock)
  clock.advance(60)
  expect(mayEndAt()).toBe(begun + 60)
  clock.leap(1000)
  expect(mayEndAt()).toBe(begun + 60)
  clock.advance(40)
  expect(mayEndAt()).toBe(begun + 100)
  clock.leap(-1500)
  expect(mayEndAt()).toBe(begun - 400)
})
