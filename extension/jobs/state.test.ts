import { expect, test } from 'vitest'
import type { Picture } from '../../bff/contract/library.ts'
import {
  emptyState,
  hasOpenJob,
  newestFirst,
  settled,
  withGeneration,
  withGenerations,
  withOwnChange,
  withoutPicture,
  withPicture,
  withProgress,
} from './state.ts'
import { done, generation, idOf, picture } from './test/fixtures.ts'

const at = (asked: number, arrived = asked + 1) => ({ asked, arrived })

test('a job and its picture are kept once each, the job pointing to the picture', () => {
  const state = withGeneration(emptyState, done(1), at(1))
  expect(state.jobs[idOf(1001)]).toMatchObject({ state: 'done', pictureIds: [idOf(1)] })
  expect(state.jobs[idOf(1001)]).not.toHaveProperty('picture')
  expect(state.pictures[idOf(1)]).toEqual(picture(1))
})

test('an answer that was overtaken never takes a job back', () => {
  const state = withGeneration(emptyState, done(1), at(2, 3))
  const late = withGeneration(state, generation(1, { state: 'calling' }), at(1, 9))
  expect(late).toBe(state)
})

test('an ended job stays ended whatever a later answer says', () => {
  const state = withGeneration(emptyState, generation(1, { state: 'failed', problem: 'timed_out' }), at(1))
  expect(withGeneration(state, generation(1, { state: 'calling' }), at(5))).toBe(state)
})

test('a result that comes after its outcome was unknown is taken in, and ends the note', () => {
  const unknown = withGeneration(emptyState, generation(1, { state: 'unknown', problem: 'unknown_outcome' }), at(1))
  const late = withGenerations(unknown, [done(1)], at(5))
  expect(late.jobs[idOf(1001)]).toMatchObject({ state: 'done', problem: null, pictureIds: [idOf(1)] })
  expect(late.pictures[idOf(1)]).toEqual(picture(1))
})

test('a job that was sent back to the queue is shown there, if the answer is newer for certain', () => {
  const calling = withGeneration(emptyState, generation(1, { state: 'calling' }), at(1, 4))
  expect(withGeneration(calling, generation(1), at(2, 5)).jobs[idOf(1001)]?.state).toBe('calling')
  expect(withGeneration(calling, generation(1), at(4, 5)).jobs[idOf(1001)]?.state).toBe('queued')
})

test('a job that is missing from a newer list goes, one that was added meanwhile stays', () => {
  const known = withGeneration(emptyState, generation(1), at(1, 2))
  const added = withGeneration(known, generation(2), at(5, 5))
  const listed = withGenerations(added, [], at(4, 6))
  expect(Object.keys(listed.jobs)).toEqual([idOf(1002)])
})

test('progress moves open jobs only', () => {
  const open = withGeneration(emptyState, generation(1, { state: 'calling' }), at(1))
  expect(withProgress(open, idOf(1001), 0.4).jobs[idOf(1001)]?.progress).toBe(0.4)
  expect(withProgress(open, idOf(1001), 7).jobs[idOf(1001)]?.progress).toBe(1)
  const ended = withGeneration(open, done(1), at(3))
  expect(withProgress(ended, idOf(1001), 0.9)).toBe(ended)
  expect(withProgress(open, idOf(7), 0.9)).toBe(open)
  expect([hasOpenJob(open), hasOpenJob(ended)]).toEqual([true, false])
})

test('no answer speaks about a picture while an own change of it is under way, nor one asked for before it was settled', () => {
  const state = withPicture(emptyState, picture(1), at(1))
  const changing = withOwnChange(state, idOf(1), picture(1, { favourite: true }))
  expect(withPicture(changing, picture(1), at(5)).pictures[idOf(1)]?.favourite).toBe(true)
  const after = settled(changing, idOf(1), picture(1, { favourite: true }), 8)
  expect(withPicture(after, picture(1), at(7)).pictures[idOf(1)]?.favourite).toBe(true)
  expect(withPicture(after, picture(1), at(8)).pictures[idOf(1)]?.favourite).toBe(false)
})

test('a deleted picture does not come back with a late answer, and its job stays without it', () => {
  const shown = withGeneration(emptyState, done(1), at(1))
  const deleted = settled(withOwnChange(shown, idOf(1), null), idOf(1), null, 6)
  expect(withGeneration(deleted, done(1), at(5, 9)).pictures).toEqual({})
  expect(withGeneration(deleted, generation(1, { state: 'done' }), at(7)).pictures).toEqual({})
})

test('a picture that was deleted elsewhere goes with the next answer about its job', () => {
  const shown = withGeneration(emptyState, done(1), at(1))
  expect(withGeneration(shown, generation(1, { state: 'done' }), at(4)).pictures).toEqual({})
})

test('an unchanged picture or job keeps its object, so that nothing draws or stores again', () => {
  const state = withGeneration(emptyState, done(1), at(1))
  const { options, ...rest } = picture(1)
  const reordered = { options: Object.fromEntries(Object.entries(options).reverse()) as typeof options, ...rest }
  expect(withPicture(state, reordered, at(4)).pictures).toBe(state.pictures)
  expect(withGeneration(state, done(1), at(4)).jobs).toBe(state.jobs)
  expect(withoutPicture(state, idOf(2), at(4)).pictures).toBe(state.pictures)
})

test.each([
  ['one that it did not have', { ...picture(1), title: 'A boat' }],
  ['another size', picture(1, { width: 2048 })],
  ['another option', picture(1, { options: { ...picture(1).options, seed: 7 } })],
  ['one less', Object.fromEntries(Object.entries(picture(1)).slice(0, -1)) as unknown as Picture],
])('a newer answer is taken in whole: %s', (_, newer) => {
  const state = withPicture(emptyState, picture(1), at(1))
  expect(withPicture(state, newer, at(4)).pictures[idOf(1)]).toEqual(newer)
})

test('newest first; the id decides between equal times', () => {
  const list = [picture(1, { createdAt: 5 }), picture(2, { createdAt: 5 }), picture(3, { createdAt: 9 })]
  expect(list.sort(newestFirst).map(entry => entry.id)).toEqual([idOf(3), idOf(2), idOf(1)])
})
