import { expect, test } from 'vitest'
import { picture } from '../../jobs/test/fixtures.ts'
import { daysBetween, groupByDay, startOfDay } from './days.ts'

const at = (day: number, hour: number, minute = 0) => new Date(2026, 10, day, hour, minute).getTime()

test('days are the local ones, in the order of the list', () => {
  const list = [at(21, 0), at(20, 23, 59), at(20, 0), at(3, 12)].map((createdAt, n) => picture(n, { createdAt }))
  const days = groupByDay(list)
  expect(days.map(day => day.start)).toEqual([at(21, 0), at(20, 0), at(3, 0)])
  expect(days.map(day => day.pictures.length)).toEqual([1, 2, 1])
  expect(days.flatMap(day => day.pictures)).toEqual(list)
  expect(groupByDay([])).toEqual([])
})

test('yesterday is one day before today, also when a day has 23 or 25 hours', () => {
  for (let day = 0; day < 366; day++) {
    const start = new Date(2026, 0, day).getTime()
    expect(daysBetween(start, new Date(2026, 0, day + 1).getTime())).toBe(1)
    expect(startOfDay(new Date(2026, 0, day, 23, 59).getTime())).toBe(start)
  }
})
