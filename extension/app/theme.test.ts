// @vitest-environment happy-dom
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { settings, startSettings } from '../platform/settings.ts'
import { settingsItem } from '../platform/storage/items.ts'
import { installFakeChrome } from '../platform/test/fake-chrome.ts'
import { startTheme } from './theme.ts'

const beforeFirstPaint = readFileSync(join(import.meta.dirname, '../public/theme.js'), 'utf8')

let system: EventTarget & { matches: boolean }
let stops: (() => void)[] = []

beforeEach(() => {
  installFakeChrome()
  localStorage.clear()
  delete document.documentElement.dataset.theme
  system = Object.assign(new EventTarget(), { matches: false })
  vi.stubGlobal('matchMedia', () => system)
})
afterEach(() => {
  for (const stop of stops) stop()
  stops = []
  settings.setState(settings.getInitialState(), true)
  vi.unstubAllGlobals()
})

const shown = () => document.documentElement.dataset.theme

/** A panel opens: first the script in its head, then the panel itself; answers what was shown before it could read. */
async function open() {
  for (const stop of stops) stop()
  settings.setState(settings.getInitialState(), true)
  delete document.documentElement.dataset.theme
  new Function(beforeFirstPaint)()
  const first = shown()
  stops = [await startSettings(), startTheme()]
  return first
}

test.each([
  ['light', false, 'light'],
  ['light', true, 'light'],
  ['dark', false, 'dark'],
  ['dark', true, 'dark'],
  ['system', false, 'light'],
  ['system', true, 'dark'],
] as const)(
  '[P24] %s chosen while the system is dark: %s. The panel is %s, and so it is opened again, from the first paint on',
  async (theme, isDark, look) => {
    system.matches = isDark
    await open()
    await settingsItem.set({ ...(await settingsItem.get()), theme })
    await expect.poll(shown).toBe(look)
    expect(await open()).toBe(look)
    expect(shown()).toBe(look)
    expect((await settingsItem.get()).theme).toBe(theme)
  },
)

test('what follows the system changes with it; what was chosen does not', async () => {
  await open()
  const turnDark = (isDark: boolean) => {
    system.matches = isDark
    system.dispatchEvent(new Event('change'))
  }
  expect(shown()).toBe('light')
  turnDark(true)
  expect(shown()).toBe('dark')
  settings.setState({ theme: 'light' })
  turnDark(false)
  turnDark(true)
  expect(shown()).toBe('light')
})
