import { Dispatcher } from 'undici'
import { expect, test, vi } from 'vitest'
import { exchange } from './exchange.ts'

test('a client that would write a request a second time is stopped before it does', async () => {
  const controller = { aborted: false, paused: false, reason: null, abort: vi.fn(), pause() {}, resume() {} }
  let handler: Dispatcher.DispatchHandler = {}
  const dispatcher = new Dispatcher()
  dispatcher.dispatch = (_options, given) => {
    handler = given
    return true
  }
  const { signal } = new AbortController()
  const answer = exchange(
    dispatcher,
    { path: '/', method: 'POST' },
    { signal, admit: async () => {}, maxBytes: 1 },
  ).catch(error => error)
  handler.onRequestStart!(controller, null)
  expect(controller.abort).not.toHaveBeenCalled()
  handler.onRequestStart!(controller, null)
  expect(controller.abort).toHaveBeenCalled()
  expect(await answer).toMatchObject({ fault: { kind: 'unknown_outcome' } })
})
