// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { installFakeChrome } from '../platform/test/fake-chrome.ts'
import { making } from '../studio/press/making.ts'
import { PromptField } from '../studio/prompt/prompt-field.tsx'
import { useKeys } from './use-keys.ts'

const press = vi.spyOn(making, 'press').mockResolvedValue()

function Panel() {
  useKeys()
  return <PromptField />
}

beforeEach(() => {
  installFakeChrome()
  press.mockClear()
  render(<Panel />)
})
afterEach(cleanup)

const field = () => screen.getByRole('textbox')

/** A key as it reaches the field; answers whether the field or the panel has taken it. */
const key = (init: KeyboardEventInit & { keyCode?: number }) => !fireEvent.keyDown(field(), { bubbles: true, ...init })

test('[C92] Enter that confirms kanji does not send, with Ctrl either; the same key after it does', () => {
  field().focus()
  fireEvent.compositionStart(field(), { data: '' })
  fireEvent.compositionUpdate(field(), { data: 'こや' })
  const confirming = { key: 'Enter', isComposing: true, keyCode: 229 }
  expect(key(confirming)).toBe(false)
  expect(key({ ...confirming, ctrlKey: true })).toBe(false)
  // Chrome ends the composition first, and then reports the same key.
  fireEvent.compositionEnd(field(), { data: '小屋' })
  expect(key({ key: 'Enter', keyCode: 229, ctrlKey: true })).toBe(false)
  expect(press).not.toHaveBeenCalled()

  expect(key({ key: 'Enter', keyCode: 13 })).toBe(false)
  expect(press).not.toHaveBeenCalled()
  expect(key({ key: 'Enter', keyCode: 13, ctrlKey: true })).toBe(true)
  expect(press).toHaveBeenCalledOnce()
})

test('a held key is one press, and keys of the text stay with the text', () => {
  field().focus()
  expect(key({ key: 'Enter', metaKey: true })).toBe(true)
  for (let held = 0; held < 5; held++) key({ key: 'Enter', metaKey: true, repeat: true })
  for (const letter of ['h', 'm', '/', '?', 'p']) expect([letter, key({ key: letter })]).toEqual([letter, false])
  expect(press).toHaveBeenCalledOnce()
})

test('under a dialog no key starts a job', () => {
  const dialog = document.body.appendChild(document.createElement('div'))
  dialog.setAttribute('aria-modal', 'true')
  key({ key: 'Enter', ctrlKey: true })
  expect(press).not.toHaveBeenCalled()
  dialog.remove()
  key({ key: 'Enter', ctrlKey: true })
  expect(press).toHaveBeenCalledOnce()
})

test('when the panel goes, its keys go', () => {
  cleanup()
  fireEvent.keyDown(window, { key: 'Enter', ctrlKey: true })
  expect(press).not.toHaveBeenCalled()
})
