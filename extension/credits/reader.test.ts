import { expect, test } from 'vitest'
import type { Balance } from '../../bff/contract/credits.ts'
import { ApiProblem } from '../platform/api/problem.ts'
import { createReader } from './reader.ts'
import { billing, purchase } from './test/fixtures.ts'

function open() {
  const kept: Balance[] = []
  const backend = { available: 5, down: false, wait: Promise.resolve() }
  const reader = createReader({
    keepBalance: async balance => void kept.push(balance),
    api: {
      billing: async () => {
        await backend.wait
        if (backend.down) throw new ApiProblem('offline')
        return billing(backend.available)
      },
      purchases: async () => ({ purchases: [purchase()], next: null }),
    },
  })
  return { reader, backend, kept }
}

test('what is read shows together, and its balance goes to the header', async () => {
  const { reader, kept } = open()
  await reader.refresh()
  expect(reader.store.getState()).toMatchObject({ billing: billing(5), purchases: [purchase()], problem: null })
  expect(kept).toEqual([billing(5).balance])
})

test('a line that is down is said, and what was read before stays', async () => {
  const { reader, backend } = open()
  await reader.refresh()
  backend.down = true
  await reader.refresh()
  expect(reader.store.getState()).toMatchObject({ billing: billing(5), problem: { code: 'offline' } })
})

test('[P23] an answer for somebody who has signed out is not shown to the next, nor kept', async () => {
  const { reader, backend, kept } = open()
  const gate = Promise.withResolvers<void>()
  backend.wait = gate.promise
  const reading = reader.refresh()
  reader.empty()
  gate.resolve()
  await reading
  expect(reader.store.getState().billing).toBeNull()
  expect(kept).toEqual([])
})
