import { beforeEach, expect, test } from 'vitest'
import { installFakeChrome } from '../../platform/test/fake-chrome.ts'
import { isLargeEnough, setSmallestSide, smallestSides } from './smallest-side.ts'

let chrome: ReturnType<typeof installFakeChrome>
beforeEach(() => {
  chrome = installFakeChrome()
})

test.each([
  [{ width: 300, height: 127 }, 128, false],
  [{ width: 128, height: 300 }, 128, true],
  [{ width: 0, height: 0 }, 512, true],
  [{ width: 1, height: 1 }, 0, true],
] as const)('%j with at least %i pixels: %s', (size, side, expected) => {
  expect(isLargeEnough(size, side)).toBe(expected)
})

test.each(smallestSides)('%i is stored under its own key', async side => {
  await setSmallestSide(side)
  expect(chrome.storage.local.all()).toEqual({ smallestSide: { version: 1, value: side } })
})
