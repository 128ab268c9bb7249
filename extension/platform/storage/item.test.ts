import * as v from 'valibot'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { installFakeChrome } from '../test/fake-chrome.ts'
import { createItem, type ItemDefinition, StorageFullError } from './item.ts'

interface Choice {
  model: string
  seed: number
}

const definition: ItemDefinition<Choice> = {
  area: 'local',
  key: 'choice',
  version: 3,
  fallback: { model: 'none', seed: 0 },
  shape: v.object({ model: v.string(), seed: v.number() }),
  upgrades: {
    1: old => ({ model: old }),
    2: old => ({ ...(old as object), seed: 7 }),
  },
}

let chrome: ReturnType<typeof installFakeChrome>
beforeEach(() => {
  chrome = installFakeChrome()
})

test('what is written is read back, without fields that are not known', async () => {
  const item = createItem(definition)
  await item.set({ model: 'a', seed: 1, extra: true } as Choice)
  expect(await item.get()).toEqual({ model: 'a', seed: 1 })
  await item.remove()
  expect(await item.get()).toEqual(definition.fallback)
})

describe('[C107] what an older or newer version left, or what is damaged', () => {
  test.each([
    ['version 1', { version: 1, value: 'old' }, { model: 'old', seed: 7 }],
    ['version 2', { version: 2, value: { model: 'old' } }, { model: 'old', seed: 7 }],
    ['version 3', { version: 3, value: { model: 'old', seed: 2 } }, { model: 'old', seed: 2 }],
  ])('%s is upgraded on read', async (_, stored, expected) => {
    await chrome.storage.local.set({ choice: stored })
    expect(await createItem(definition).get()).toEqual(expected)
  })

  test.each([
    ['nothing', undefined],
    ['a bare text', 'garbage'],
    ['an array', [1, 2]],
    ['no version', { value: { model: 'a', seed: 1 } }],
    ['version 0', { version: 0, value: 'a' }],
    ['half a version', { version: 1.5, value: 'a' }],
    ['a wrong field', { version: 3, value: { model: 'a', seed: '1' } }],
    ['a value its upgrade cannot take', { version: 2, value: null }],
    ['a newer release', { version: 4, value: { model: 'a', seed: 1 } }],
  ])('%s gives the default', async (_, stored) => {
    if (stored !== undefined) await chrome.storage.local.set({ choice: stored })
    expect(await createItem(definition).get()).toEqual(definition.fallback)
  })

  test('an upgrade that is missing or throws gives the default', async () => {
    await chrome.storage.local.set({ choice: { version: 1, value: 'old' } })
    expect(await createItem({ ...definition, upgrades: {} }).get()).toEqual(definition.fallback)
    const throwing = () => {
      throw new Error('bad')
    }
    expect(await createItem({ ...definition, upgrades: { 1: throwing } }).get()).toEqual(definition.fallback)
  })
})

test('every watcher hears of a change, and of nothing after it stopped', async () => {
  const item = createItem(definition)
  const heard = vi.fn()
  const stop = item.watch(heard)
  await item.set({ model: 'a', seed: 1 })
  await item.remove()
  stop()
  await item.set({ model: 'b', seed: 1 })
  expect(heard.mock.calls).toEqual([[{ model: 'a', seed: 1 }], [definition.fallback]])
})

test('who follows hears what there is and then each change, and of nothing after it stopped', async () => {
  const item = createItem(definition)
  await item.set({ model: 'a', seed: 1 })
  const heard = vi.fn()
  const stop = await item.follow(heard)
  await item.set({ model: 'b', seed: 1 })
  stop()
  await item.set({ model: 'c', seed: 1 })
  expect(heard.mock.calls).toEqual([[{ model: 'a', seed: 1 }], [{ model: 'b', seed: 1 }]])
})

test('an answer that comes after a newer change was told does not count', async () => {
  const item = createItem(definition)
  const letAnswer = chrome.storage.local.answerLate()
  const heard = vi.fn()
  const following = item.follow(heard)
  await item.set({ model: 'new', seed: 1 })
  letAnswer()
  await following
  expect(heard.mock.calls).toEqual([[{ model: 'new', seed: 1 }]])
})

test('a full storage is told apart from other failures', async () => {
  installFakeChrome({ quota: 40 })
  await expect(createItem(definition).set({ model: 'x'.repeat(50), seed: 1 })).rejects.toThrow(StorageFullError)
})
