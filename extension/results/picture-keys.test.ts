import { afterEach, expect, test } from 'vitest'
import { settings } from '../platform/settings.ts'
import { pictureKey } from './picture-keys.ts'

const before = settings.getState()
afterEach(() => settings.setState(before, true))

const press = (key: string, change: Partial<Parameters<typeof pictureKey>[0]> = {}) =>
  pictureKey({
    key,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    repeat: false,
    nativeEvent: { isComposing: false },
    ...change,
  })

test('plain keys act, whatever Shift and Caps Lock make of them', () => {
  expect(['f', 'F', 'ArrowLeft', 'Delete', 'Backspace', 'Escape'].map(key => press(key))).toEqual([
    'f',
    'f',
    'arrowleft',
    'delete',
    'delete',
    'escape',
  ])
})

test('keys with a modifier, of an input method, or held down do not; held arrows go on', () => {
  expect(press('d', { ctrlKey: true })).toBeNull()
  expect(press('d', { metaKey: true })).toBeNull()
  expect(press('ArrowLeft', { altKey: true })).toBeNull()
  expect(press('f', { nativeEvent: { isComposing: true } })).toBeNull()
  expect(press('Delete', { repeat: true })).toBeNull()
  expect(press('ArrowDown', { repeat: true })).toBe('arrowdown')
})

test('letters rest when single-key shortcuts are switched off; named keys do not', () => {
  settings.setState({ singleKeys: false })
  expect(['f', 'j', 'Delete', 'Escape'].map(key => press(key))).toEqual([null, null, 'delete', 'escape'])
})
