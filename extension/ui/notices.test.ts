import { beforeEach, expect, test, vi } from 'vitest'
import { actOnNotice, closeNotice, notices, showNotice, undoLast } from './notices.ts'

const texts = () => notices.getState().list.map(notice => notice.text)
beforeEach(() => notices.setState({ list: [] }))

test('the newest stands last, and only three stand at once', () => {
  for (const text of ['a', 'b', 'c', 'd']) showNotice({ text })
  expect(texts()).toEqual(['b', 'c', 'd'])
})

test('undo runs the newest change once, then the one before', () => {
  const [first, second] = [vi.fn(), vi.fn()]
  showNotice({ text: 'first deleted', undo: first })
  showNotice({ text: 'second deleted', undo: second })
  showNotice({ text: 'news', action: { label: 'Look', run: vi.fn() } })
  expect(undoLast()).toBe(true)
  expect([first.mock.calls.length, second.mock.calls.length]).toEqual([0, 1])
  expect(undoLast()).toBe(true)
  expect(undoLast()).toBe(false)
  expect([first.mock.calls.length, second.mock.calls.length]).toEqual([1, 1])
  expect(texts()).toEqual(['news'])
})

test('Ctrl+Z never runs an action that is not an undo', () => {
  const run = vi.fn()
  showNotice({ text: 'signed out', action: { label: 'Sign in', run } })
  expect(undoLast()).toBe(false)
  expect(run).not.toHaveBeenCalled()
})

test('an action runs once and takes its notice away; a closed notice does nothing', () => {
  const run = vi.fn()
  const id = showNotice({ text: 'a', action: { label: 'Do', run } })
  actOnNotice(id, 'action')
  actOnNotice(id, 'action')
  expect(run).toHaveBeenCalledOnce()
  const undo = vi.fn()
  closeNotice(showNotice({ text: 'b', undo }))
  expect(undoLast()).toBe(false)
})
