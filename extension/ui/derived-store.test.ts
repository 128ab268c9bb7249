import { expect, test, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { derive } from './derived-store.ts'

const setUp = () => {
  const words = createStore(() => ({ text: 'boat', caret: 0 }))
  const price = createStore(() => ({ base: 7 }))
  const text = derive([words], ({ text }) => text)
  const compute = vi.fn((text: string, { base }: { base: number }) => ({ label: `${text} ${base}` }))
  const label = derive([text, price], compute)
  return { words, price, label, compute }
}

test('is computed once for a change, however many read it', () => {
  const { words, label, compute } = setUp()
  const heard = [vi.fn(), vi.fn(), vi.fn()]
  for (const listener of heard) label.subscribe(listener)
  compute.mockClear()
  words.setState({ text: 'ship' })
  expect(label.getState()).toEqual({ label: 'ship 7' })
  expect(compute).toHaveBeenCalledOnce()
  for (const listener of heard) expect(listener.mock.calls).toEqual([[{ label: 'ship 7' }, { label: 'boat 7' }]])
})

test('is neither computed nor told where what it follows from is the same', () => {
  const { words, label, compute } = setUp()
  const heard = vi.fn()
  label.subscribe(heard)
  compute.mockClear()
  words.setState({ caret: 3 })
  expect(compute).not.toHaveBeenCalled()
  expect(heard).not.toHaveBeenCalled()
})

test('stays the same object where the new one says the same', () => {
  const { price, label } = setUp()
  const before = label.getState()
  const heard = vi.fn()
  label.subscribe(heard)
  price.setState({ base: 7 })
  expect(label.getState()).toBe(before)
  expect(heard).not.toHaveBeenCalled()
})

test('two ways to the same store are one change', () => {
  const store = createStore(() => ({ n: 1 }))
  const double = derive([store], ({ n }) => n * 2)
  const sums: number[] = []
  const sum = derive([store, double], ({ n }, doubled) => n + doubled)
  sum.subscribe(value => sums.push(value))
  store.setState({ n: 2 })
  expect(sums).toEqual([6])
})

test('is right without anybody who follows it, and follows no more once it is left', () => {
  const { price, label } = setUp()
  const heard = vi.fn()
  label.subscribe(heard)()
  price.setState({ base: 9 })
  expect(heard).not.toHaveBeenCalled()
  expect(label.getState()).toEqual({ label: 'boat 9' })
})
