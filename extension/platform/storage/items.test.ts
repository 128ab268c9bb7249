import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { installFakeChrome } from '../test/fake-chrome.ts'
import {
  accessItem,
  balanceItem,
  menuRequestItem,
  personItem,
  sessionItem,
  settingsItem,
  signInItem,
  storageKeys,
} from './items.ts'

let chrome: ReturnType<typeof installFakeChrome>
beforeEach(() => {
  chrome = installFakeChrome()
})

const store = (key: keyof typeof storageKeys, value: unknown) =>
  chrome.storage[storageKeys[key]].set({ [key]: { version: 1, value } })

test('[C107] settings are read field by field', async () => {
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
] as const)('[C107] damaged %# gives the default', async (item, key, stored, expected) => {
  await store(key, stored)
  expect(await item.get()).toEqual(expected)
})

test('[P10] the refresh token lies in storage.local, the access token and a sign-in under way only in memory', async () => {
  await sessionItem.set({ status: 'signed-in', refreshToken: 'r', personId: 'p' })
  await accessItem.set({ token: 'a', expiresAt: 1 })
  await signInItem.set([{ state: 's', verifier: 'v', startedAt: 1, fromTab: null, tab: null }])
  await personItem.set({ id: 'p', name: 'n', email: 'e' })
  expect(Object.keys(chrome.storage.local.all())).toEqual(['session'])
  expect(Object.keys(chrome.storage.session.all()).sort()).toEqual(['access', 'person', 'signIn'])
})

const root = join(import.meta.dirname, '../..')
const sources = globSync('**/*.{ts,tsx}', { cwd: root })
  .filter(file => !/\.test\.tsx?$|(^|\/)(test|e2e)\//.test(file))
  .map(file => ({ file, text: readFileSync(join(root, file), 'utf8') }))

test('[P10] only the platform touches chrome.storage, and nothing is synced', () => {
  const touching = sources.filter(({ text }) => text.includes('chrome.storage')).map(({ file }) => file)
  expect(touching.sort()).toEqual([
    'platform/storage/family.ts',
    'platform/storage/item.ts',
    'platform/storage/items.ts',
  ])
  expect(sources.filter(({ text }) => text.includes('storage.sync'))).toEqual([])
})

test('[P10] every key of the list is in use', () => {
  for (const key of Object.keys(storageKeys))
    expect(
      sources.some(({ text }) => text.includes(`key: '${key}'`)),
      key,
    ).toBe(true)
})
