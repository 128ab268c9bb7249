import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { account } from '../../account/store.ts'
import { modelsStore } from '../../catalogue/catalogue.ts'
import { model } from '../../catalogue/test/model.ts'
import { assignSlots } from '../../sources/slots/roles.ts'
import { sourcesStore } from '../../sources/store.ts'
import { slot } from '../../sources/test/slot.ts'
import { setPrompt, setSize } from '../store.ts'
import { modelFor, optionsFor } from './choices.ts'
import { modelStore, optionsStore, orderStore, pricesStore, readinessStore, wordsStore } from './current.ts'
import { makeOrder } from './order.ts'
import { readinessOf } from './readiness.ts'

vi.mock('./choices.ts', { spy: true })
vi.mock('./order.ts', { spy: true })
vi.mock('./readiness.ts', { spy: true })
vi.mock('../../sources/slots/roles.ts', { spy: true })

/** As many listeners as a panel has: each part that shows one of these follows it by itself. */
const stores = { modelStore, wordsStore, optionsStore, orderStore, readinessStore, pricesStore }
const told = Object.fromEntries(Object.keys(stores).map(name => [name, vi.fn()]))
let stops: (() => void)[] = []

beforeEach(() => {
  modelsStore.setState({ list: Array.from({ length: 14 }, (_, at) => ({ ...model, id: `model-${at}` })) })
  sourcesStore.setState({ slots: ['a', 'b', 'c'].map(id => slot(id)) })
  account.setState({ status: 'signed-in', balance: { available: 50, free: 50, paid: 0, held: 0 } })
  setPrompt('boa')
  stops = Object.entries(stores).flatMap(([name, store]) =>
    Array.from({ length: 8 }, (_, at) => store.subscribe(at === 0 ? told[name]! : () => {})),
  )
  vi.clearAllMocks()
})
afterEach(() => {
  for (const stop of stops) stop()
})

const computed = () =>
  Object.fromEntries(
    Object.entries({ modelFor, optionsFor, assignSlots, makeOrder, readinessOf }).map(([name, spied]) => [
      name,
      vi.mocked(spied as () => void).mock.calls.length,
    ]),
  )
const heard = () =>
  Object.entries(told)
    .filter(([, listener]) => listener.mock.calls.length > 0)
    .map(([name]) => name)

test('a keystroke computes the order once, and nothing that it does not change', () => {
  setPrompt('boat')
  expect(computed()).toEqual({ modelFor: 0, optionsFor: 0, assignSlots: 0, makeOrder: 1, readinessOf: 1 })
  expect(heard()).toEqual(['wordsStore', 'orderStore'])
  expect(told.orderStore).toHaveBeenCalledOnce()
  expect(orderStore.getState()?.prompt).toBe('boat')
})

test('a chosen size computes each price once; words and model stay', () => {
  setSize('4K')
  expect(computed()).toEqual({ modelFor: 0, optionsFor: 15, assignSlots: 14, makeOrder: 1, readinessOf: 1 })
  expect(heard()).toEqual(['optionsStore', 'orderStore', 'pricesStore'])
})
