import { expect, test } from 'vitest'
import { stepsFor } from '../../results/feed/failed-note.tsx'
import { feedSets } from '../../results/feed/feed-items.ts'
import { emptyState, withGenerations } from '../state.ts'
import { done, generation, idOf, picture } from '../test/fixtures.ts'
import { deliveryOf } from './delivery.ts'

const stateOf = (...list: Parameters<typeof withGenerations>[1]) =>
  withGenerations(emptyState, list, { asked: 1, arrived: 2 })

const options = { ...generation(1).options, count: 4 }
const several = (charged: number, n = 1) =>
  generation(n, {
    state: 'done',
    options,
    price: 28,
    charged,
    pictures: [9, 5, 7].map(id => picture(id, { generationId: idOf(n + 1000), createdAt: 50 })),
  })

const job = (entry: ReturnType<typeof several>) => stateOf(entry).jobs[entry.id]!

test('tells how many of several came by what was paid, also when some were deleted since', () => {
  const partial = { kind: 'partial', ready: 3, count: 4, failed: 1, charged: 21, price: 28 }
  expect(deliveryOf(job(several(21)))).toEqual(partial)
  expect(deliveryOf({ ...job(several(21)), pictureIds: [idOf(9)] })).toEqual(partial)
  expect(deliveryOf(job(several(28)))).toBeNull()
})

test('a result that came after its credits were back is free', () => {
  expect(deliveryOf(job(several(0)))).toEqual({ kind: 'free' })
  expect(deliveryOf({ ...job(several(0)), price: 0 })).toBeNull()
  expect(deliveryOf({ ...job(several(0)), state: 'failed' })).toBeNull()
})

test('pictures of one job stand together in the maker’s order, jobs newest first', () => {
  const { pictures, jobs } = stateOf(several(21), done(2, { createdAt: 60 }), done(3, { createdAt: 40 }))
  const shown = Object.values(pictures).sort((a, b) => b.createdAt - a.createdAt)
  const sets = feedSets(shown, jobs)
  expect(sets.map(set => set.pictures.map(entry => entry.id))).toEqual([
    [idOf(2)],
    [idOf(9), idOf(5), idOf(7)],
    [idOf(3)],
  ])
  expect(sets.map(set => set.delivery?.kind)).toEqual([undefined, 'partial', undefined])
})

test('every ending has a step that leads on', () => {
  expect(stepsFor('blocked')).toEqual(['reword', 'other'])
  expect(stepsFor('model_retired')).toEqual(['successor'])
  expect(stepsFor('interrupted')).toEqual(['again'])
})
