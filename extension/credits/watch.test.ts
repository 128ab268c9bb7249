import { expect, test } from 'vitest'
import type { Purchase } from '../../bff/contract/billing.ts'
import { ApiProblem } from '../platform/api/problem.ts'
import { purchase } from './test/fixtures.ts'
import { createWatch } from './watch.ts'

/** A clock that only waiting moves; `answers` are given one after the other, the last one for ever. */
function open(...answers: (Purchase['state'] | 'down')[]) {
  const changes: Purchase['state'][] = []
  const waits: number[] = []
  let now = 0
  const idle = Promise.withResolvers<void>()
  const watch = createWatch({
    read: async id => {
      const state = answers.length > 1 ? answers.shift() : answers[0]
      if (state === 'down' || state === undefined) throw new ApiProblem('unreachable')
      return purchase({ id, state })
    },
    onChange: ({ state }) => changes.push(state),
    pause: async (ms, signal) => {
      signal.throwIfAborted()
      waits.push(ms)
      now += ms
    },
    now: () => now,
  })
  watch.store.subscribe(({ ids }) => ids.length === 0 && idle.resolve())
  return { watch, changes, waits, idle: idle.promise, now: () => now }
}

test('a purchase is asked after until it is paid, and each change is told once', async () => {
  const { watch, changes, waits, idle } = open('open', 'open', 'paid')
  watch.begin(purchase({ state: 'open' }))
  watch.begin(purchase({ state: 'open' }))
  await idle
  expect(changes).toEqual(['paid'])
  expect(waits).toEqual([3_000, 3_000, 3_000])
})

test('money from a convenience store is waited for with more patience', async () => {
  const { watch, changes, waits, idle } = open('pending', 'pending', 'failed')
  watch.begin(purchase({ state: 'open' }))
  await idle
  expect(changes).toEqual(['pending', 'failed'])
  expect(waits).toEqual([3_000, 30_000, 30_000])
})

test('a line that is down ends nothing, and what is never paid is not asked after for ever', async () => {
  const { watch, changes, idle, now } = open('down', 'open')
  watch.begin(purchase({ state: 'open' }))
  await idle
  expect(changes).toEqual([])
  expect(now()).toBe(30 * 60_000)
})

test('what was read elsewhere is told at once, and ends the asking', async () => {
  const { watch, changes, idle } = open('open')
  watch.begin(purchase({ state: 'open' }))
  watch.saw(purchase({ state: 'paid' }))
  watch.saw(purchase({ state: 'paid' }))
  await idle
  expect(changes).toEqual(['paid'])
})

test('nothing is asked after when it is settled already, or when nobody wants to know', async () => {
  const { watch, changes, waits } = open('paid')
  watch.begin(purchase({ state: 'paid' }))
  expect(watch.store.getState().ids).toEqual([])
  watch.begin(purchase({ state: 'open' }))
  watch.forget()
  watch.saw(purchase({ state: 'paid' }))
  expect(watch.store.getState().ids).toEqual([])
  expect(changes).toEqual([])
  expect(waits.length).toBeLessThanOrEqual(1)
})
