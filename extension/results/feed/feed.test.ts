import { expect, test } from 'vitest'
import type { Generation } from '../../../bff/contract/generations.ts'
import { emptyState, withGenerations } from '../../jobs/state.ts'
import { done, generation, idOf, picture } from '../../jobs/test/fixtures.ts'
import { failedJobs, openJobs, picturesSince } from './feed.ts'

const stateOf = (...list: Generation[]) => withGenerations(emptyState, list, { asked: 1, arrived: 2 })
const ids = (list: { id: string }[]) => list.map(entry => entry.id)

test('open jobs are those that can still bring a picture, newest first', () => {
  const { jobs } = stateOf(
    generation(1),
    generation(2, { state: 'storing' }),
    done(3),
    generation(4, { state: 'failed', problem: 'timed_out' }),
    generation(5, { state: 'submitted' }),
  )
  expect(ids(openJobs(jobs))).toEqual([idOf(1005), idOf(1002), idOf(1001)])
})

test('tells of what failed or stayed unknown, not of what the person stopped or closed, and of three at most', () => {
  const failed = (n: number) => generation(n, { state: 'failed', problem: 'provider_failed' })
  const state = stateOf(
    failed(1),
    generation(2, { state: 'unknown', problem: 'interrupted' }),
    generation(3, { state: 'failed', problem: 'cancelled' }),
    failed(4),
    generation(5),
    failed(6),
    done(7),
  )
  expect(ids(failedJobs(state))).toEqual([idOf(1006), idOf(1004), idOf(1002)])
  expect(ids(failedJobs({ ...state, dismissed: [idOf(1006)] }))).toEqual([idOf(1004), idOf(1002), idOf(1001)])
})

test('pictures of the day begin with its first millisecond', () => {
  const { pictures } = stateOf(done(1, { createdAt: 99 }), done(2, { createdAt: 100 }), done(3, { createdAt: 200 }))
  expect(picturesSince(pictures, 100)).toEqual([picture(3, { createdAt: 200 }), picture(2, { createdAt: 100 })])
})
