import { expect, test } from 'vitest'
import { actionOf, type KeyPress, shortcuts } from './keys.ts'

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  keyCode: 0,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isComposing: false,
  repeat: false,
  defaultPrevented: false,
  ...more,
})
const free = { typing: false, singleKeys: true }
const typing = { typing: true, singleKeys: true }

test.each([
  ['Ctrl+Enter', press('Enter', { ctrlKey: true }), free, 'generate'],
  ['Cmd+Enter while typing', press('Enter', { metaKey: true }), typing, 'generate'],
  ['/', press('/'), free, 'prompt'],
  ['/ while typing', press('/'), typing, null],
  ['P with Shift or Caps Lock', press('P'), free, 'pick'],
  ['Ctrl+P stays the browser’s', press('p', { ctrlKey: true }), free, null],
  ['Ctrl+Z', press('z', { ctrlKey: true }), free, 'undo'],
  ['Ctrl+Z while typing is the text’s own undo', press('z', { ctrlKey: true }), typing, null],
  ['?', press('?'), free, 'help'],
  ['single keys switched off', press('p'), { typing: false, singleKeys: false }, null],
  [
    'Ctrl+Enter with single keys off',
    press('Enter', { ctrlKey: true }),
    { typing: true, singleKeys: false },
    'generate',
  ],
  ['a held key', press('Enter', { ctrlKey: true, repeat: true }), free, null],
  ['a key someone else has used', press('p', { defaultPrevented: true }), free, null],
  ['Alt', press('p', { altKey: true }), free, null],
  ['Enter alone', press('Enter'), free, null],
])('%s', (_, event, where, action) => {
  expect(actionOf(event, where)).toBe(action)
})

test.each([
  ['isComposing', { isComposing: true }],
  ['keyCode 229', { keyCode: 229 }],
])('nothing fires while an input method composes: %s', (_, composing) => {
  for (const { key, withModifier } of shortcuts)
    expect(actionOf(press(key, { ctrlKey: withModifier === true, ...composing }), free)).toBeNull()
})
