// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { rememberedStore } from '../press/remembered.ts'
import { setPrompt, studioStore } from '../store.ts'
import { PromptField } from './prompt-field.tsx'

const field = () => screen.getByRole<HTMLTextAreaElement>('textbox')
const words = () => studioStore.getState().prompt

beforeEach(() => {
  setPrompt('')
  rememberedStore.setState({ prompts: ['newest', 'older'] })
  render(<PromptField />)
})
afterEach(cleanup)

test('what is typed is the draft, and what the draft becomes is shown', async () => {
  await userEvent.type(field(), 'a boat')
  expect(words()).toBe('a boat')
  setPrompt('from a result')
  expect((await screen.findByDisplayValue('from a result')).tagName).toBe('TEXTAREA')
})

test('Up in the empty field brings earlier words, Down leads back; what is edited stays', async () => {
  const user = userEvent.setup()
  await user.click(field())
  await user.keyboard('{ArrowUp}')
  expect(words()).toBe('newest')
  await user.keyboard('{ArrowUp}{ArrowUp}')
  expect(words()).toBe('older')
  await user.keyboard('{ArrowDown}{ArrowDown}')
  expect(words()).toBe('')
  await user.keyboard('{ArrowUp}')
  await user.type(field(), '!')
  expect(words()).toBe('newest!')
  await user.keyboard('{ArrowUp}')
  expect(words()).toBe('newest!')
})

test('Up moves the caret in a text of one’s own', () => {
  fireEvent.change(field(), { target: { value: 'two\nlines' } })
  expect(fireEvent.keyDown(field(), { key: 'ArrowUp' })).toBe(true)
  expect(words()).toBe('two\nlines')
})

test.each([
  ['while an input method composes', { isComposing: true }],
  ['as the last key of an input method', { keyCode: 229 }],
  ['with Shift', { shiftKey: true }],
  ['with Ctrl', { ctrlKey: true }],
  ['with Alt', { altKey: true }],
  ['with Cmd', { metaKey: true }],
])('Up %s brings nothing', (_, how) => {
  expect(fireEvent.keyDown(field(), { key: 'ArrowUp', ...how })).toBe(true)
  expect(words()).toBe('')
})

test('without earlier words, and Down at their near end, the keys stay with the text', () => {
  expect(fireEvent.keyDown(field(), { key: 'ArrowDown' })).toBe(true)
  rememberedStore.setState({ prompts: [] })
  cleanup()
  render(<PromptField />)
  expect(fireEvent.keyDown(field(), { key: 'ArrowUp' })).toBe(true)
  expect(words()).toBe('')
})
