import { expect, test, vi } from 'vitest'
import { followActiveTab } from './active-tab.ts'

const windowId = 1

/** Chrome's tabs, of which the test says when they answer and what they tell. */
function fakeTabs() {
  type Activated = (active: { tabId: number; windowId: number }) => void
  const listeners = { activated: new Set<Activated>(), replaced: new Set<() => void>() }
  const answers: ((tabId: number | null) => void)[] = []
  const event = <T>(set: Set<T>) => ({
    addListener: (listener: T) => void set.add(listener),
    removeListener: (listener: T) => void set.delete(listener),
  })
  return {
    tabs: {
      query: () => new Promise(resolve => answers.push(id => resolve(id === null ? [] : [{ id }]))),
      onActivated: event(listeners.activated),
      onReplaced: event(listeners.replaced),
    } as unknown as typeof chrome.tabs,
    answers,
    activate: (tabId: number, inWindow = windowId) => {
      for (const listener of listeners.activated) listener({ tabId, windowId: inWindow })
    },
    replace: () => {
      for (const listener of listeners.replaced) listener()
    },
    listening: () => listeners.activated.size + listeners.replaced.size,
  }
}

const follow = () => {
  const chromeTabs = fakeTabs()
  const onTab = vi.fn()
  const stop = followActiveTab(windowId, onTab, chromeTabs.tabs)
  const answer = async (index: number, tabId: number | null) => {
    chromeTabs.answers[index]?.(tabId)
    await Promise.resolve()
    await Promise.resolve()
  }
  return { ...chromeTabs, answer, stop, told: () => onTab.mock.calls.map(([tabId]) => tabId) }
}

test('the tab in front at first, and each that comes to the front of this window', async () => {
  const { answer, activate, told } = follow()
  await answer(0, 7)
  activate(8)
  activate(9, 2)
  expect(told()).toEqual([7, 8])
})

test('an answer that comes after a newer word does not count', async () => {
  const { answer, activate, told } = follow()
  activate(8)
  await answer(0, 7)
  expect(told()).toEqual([8])
})

test('a tab that came back under another id is asked for; a window without one has none', async () => {
  const { answer, replace, told } = follow()
  await answer(0, 7)
  replace()
  await answer(1, null)
  expect(told()).toEqual([7, null])
})

test('nothing is heard after the stop', () => {
  const { stop, listening } = follow()
  stop()
  expect(listening()).toBe(0)
})
