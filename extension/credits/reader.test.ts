import { expect, test } from 'vitest'
import { ApiProblem } from '../platform/api/problem.ts'
import { createReader } from './reader.ts'
import { billing, purchase } from './test/fixtures.ts'

function open() {
  const backend = { available: 5, down: false, wait: Promise.resolve() }
  const reader = createReader({
    api: {
      billing: async () => {
        await backend.wait
        if (backend.down) throw new ApiProblem('offline')
        return billing(backend.available)
      },
      purchases: async () => ({ purchases: [purchase()], next: null }),
    },
  })
  return { reader, backend }
}

test('what is read shows together, without a second copy of the balance', async () => {
  const { reader } = open()
  await reader.refresh()
  const { balance: _, ...rest } = billing(5)
  expect(reader.store.getState()).toEqual({ billing: rest, purchases: [purchase()], problem: null })
})

test('a line that is down is said, and what was read before stays', async () => {
  const { reader, backend } = open()
  await reader.refresh()
  backend.down = true
  await reader.refresh()
  expect(reader.store.getState()).toMatchObject({ billing: { owed: 0 }, problem: { code: 'offline' } })
})

test('an answer for somebody who has signed out is not shown to the next', async () => {
  const { reader, backend } = open()
  const gate = Promise.withResolvers<void>()
  backend.wait = gate.promise
  const reading = reader.refresh()
  reader.empty()
  gate.resolve()
  await reading
  expect(reader.store.getState().billing).toBeNull()
})
