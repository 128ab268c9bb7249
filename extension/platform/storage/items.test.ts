import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { installFakeChrome } from '../test/fake-chrome.ts'
import { accessItem, balanceItem, menuRequestItem, personItem, sessionItem, settingsItem, signInItem } from './items.ts'
import { type KeyIn, rowOf, storedRows } from './table.ts'

let chrome: ReturnType<typeof installFakeChrome>
beforeEach(() => {
  chrome = installFakeChrome()
})

const store = (key: KeyIn<'local' | 'session'>, value: unknown) =>
  chrome.storage[storedRows[key].area].set({ [key]: { version: 1, value } })

test('settings are read field by field', async () => {
  const defaults = { theme: 'system', language: 'auto', singleKeys: true, welcomed: false }
  await store('settings', { theme: 'dark', language: 'xx', welcomed: 1, more: 1 })
  expect(await settingsItem.get()).toEqual({ ...defaults, theme: 'dark' })
  await store('settings', null)
  expect(await settingsItem.get()).toEqual(defaults)
})

test.each([
  [
    sessionItem,
    'session',
    { status: 'signed-in', refreshToken: 1, personId: 'p' },
    { status: 'signed-out', returning: false },
  ],
  [sessionItem, 'session', { status: 'else' }, { status: 'signed-out', returning: false }],
  [sessionItem, 'session', { status: 'expired', refreshToken: 'x' }, { status: 'expired' }],
  [accessItem, 'access', { token: 'a', expiresAt: null }, null],
  [personItem, 'person', { id: 'p', name: 'n' }, null],
  [balanceItem, 'balance', { available: 1, free: 1, paid: 0, held: -1 }, null],
  [balanceItem, 'balance', { available: 1.5, free: 1, paid: 0, held: 0 }, null],
  [menuRequestItem, 'menuRequest', { id: 'i', src: 's', tabId: 1, frameId: '0', windowId: 1 }, null],
  [signInItem, 'signIn', [{ state: 's', verifier: 'v' }], []],
  [signInItem, 'signIn', { state: 's' }, []],
] as const)('damaged %# gives the default', async (item, key, stored, expected) => {
  await store(key, stored)
  expect(await item.get()).toEqual(expected)
})

describe('[P10] what is kept on the computer', () => {
  test('the refresh token lies in storage.local, the access token and a sign-in under way only in memory', async () => {
    await sessionItem.set({ status: 'signed-in', refreshToken: 'r', personId: 'p' })
    await accessItem.set({ token: 'a', expiresAt: 1 })
    await signInItem.set([{ state: 's', verifier: 'v', startedAt: 1, fromTab: null, tab: null }])
    await personItem.set({ id: 'p', name: 'n', email: 'e' })
    expect(Object.keys(chrome.storage.local.all())).toEqual(['session'])
    expect(Object.keys(chrome.storage.session.all()).sort()).toEqual(['access', 'person', 'signIn'])
  })

  test('what stands under several ids belongs to the row of all, and only in its area', () => {
    expect(rowOf('local', 'draft.7')).toBe(storedRows.draft)
    for (const key of ['drafts', '.draft', 'settings.7']) expect(rowOf('local', key), key).toBeUndefined()
    expect(rowOf('session', 'draft.7')).toBeUndefined()
  })

  const root = join(import.meta.dirname, '../..')
  const sources = globSync('**/*.{ts,tsx,js}', { cwd: root })
    .filter(file => !/\.test\.tsx?$|(^|\/)(test|e2e)\//.test(file))
    .map(file => ({ file, text: readFileSync(join(root, file), 'utf8') }))

  test('all that stores is the platform’s storage, by the keys of its table, and nothing is synced', () => {
    const storing =
      /chrome\.storage|\bindexedDB\b|\bopenDB\b|\blocalStorage\b|\bsessionStorage\b|\bcaches\b|document\.cookie|storage\.(getDirectory|persist)/
    const touching = sources.filter(({ text }) => storing.test(text)).map(({ file }) => file)
    expect(touching.filter(file => !file.startsWith('platform/storage/'))).toEqual(['public/theme.js'])
    const read = readFileSync(join(root, 'public/theme.js'), 'utf8').matchAll(/localStorage\.\w+\('([\w-]+)'/g)
    for (const [, key = ''] of read) expect(rowOf('localStorage', key)?.owner).toBe('device')
    expect(sources.filter(({ text }) => text.includes('storage.sync'))).toEqual([])
  })

  test('every row of the table is in use', () => {
    const used = /(?:key: |openDatabase<\w+>\(|keepForNextPage\()'([\w-]+)'/g
    const keys = sources.flatMap(({ text }) => [...text.matchAll(used)].map(([, key]) => key))
    expect(keys).toEqual(expect.arrayContaining(Object.keys(storedRows)))
  })
})
