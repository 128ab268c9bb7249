import { expect, test } from 'vitest'
import type { Job } from '../jobs/state.ts'
import { generation } from '../jobs/test/fixtures.ts'
import { fewMore } from './low-balance-note.tsx'

const job = (n: number, change: Partial<Job>): Job => {
  const { pictures: _, ...rest } = generation(n)
  return { ...rest, pictureIds: [], ...change }
}
const done = (n: number, charged: number, change: Partial<Job> = {}) =>
  job(n, { state: 'done', charged, endedAt: 2_000_000 + n, ...change })

test('fewer than ten more like the last result are told, and ten are not', () => {
  const jobs = [done(1, 1), done(2, 7)]
  expect(fewMore(jobs, 70)).toBeNull()
  expect(fewMore(jobs, 69)).toBe(9)
  expect(fewMore(jobs, 0)).toBe(0)
})

test('never before a result, and never while one is being made', () => {
  expect(fewMore([], 1)).toBeNull()
  expect(fewMore([done(1, 7), job(2, { state: 'calling' })], 1)).toBeNull()
})

test('what cost nothing says nothing about what is left, and a reading is no picture', () => {
  expect(fewMore([job(1, { state: 'failed', charged: 0, endedAt: 5 })], 1)).toBeNull()
  expect(fewMore([done(1, 7), done(2, 1, { kind: 'reading' })], 20)).toBe(2)
})
