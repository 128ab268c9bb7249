import { beforeEach, describe, expect, test, vi } from 'vitest'
import { menuRequestItem } from '../storage/items.ts'
import { installFakeChrome } from '../test/fake-chrome.ts'
import { addMenuEntry, passOnMenuRequest } from './context-menu.ts'

const contextMenus = { removeAll: vi.fn((done: () => void) => done()), create: vi.fn() }

let fake: ReturnType<typeof installFakeChrome>
beforeEach(() => {
  fake = installFakeChrome()
  Object.assign(globalThis.chrome, { contextMenus, i18n: { getMessage: (key: string) => `<${key}>` } })
  vi.clearAllMocks()
})

const tab = { id: 4, windowId: 2, url: 'https://example.test/secret', title: 'Secret' } as chrome.tabs.Tab
const click = {
  menuItemId: 'make-from-image',
  srcUrl: 'https://img.example.test/a.png',
  frameId: 3,
  pageUrl: 'https://example.test/secret?q=1',
  frameUrl: 'https://frame.example.test/secret',
  linkUrl: 'https://example.test/secret-link',
  selectionText: 'secret words',
} as unknown as chrome.contextMenus.OnClickData

describe('[P12] the entry in the menu of a picture', () => {
  test('there is one entry, on images only', () => {
    addMenuEntry()
    expect(contextMenus.create.mock.calls).toEqual([
      [{ id: 'make-from-image', contexts: ['image'], title: '<makeFromImage>' }],
    ])
  })

  test('the picture and its place are passed on, nothing else of the page', async () => {
    await passOnMenuRequest(click, tab)
    const { menuRequest } = fake.storage.session.all()
    expect(menuRequest).toEqual({
      version: 1,
      value: { id: expect.any(String), src: click.srcUrl, tabId: 4, frameId: 3, windowId: 2 },
    })
  })
})

test('each click is a request of its own', async () => {
  await passOnMenuRequest(click, tab)
  const first = await menuRequestItem.get()
  await passOnMenuRequest(click, tab)
  expect((await menuRequestItem.get())?.id).not.toBe(first?.id)
})

test.each([
  ['another entry', { ...click, menuItemId: 'else' }, tab],
  ['no picture', { ...click, srcUrl: undefined }, tab],
  ['a tab without an id (developer tools)', click, { ...tab, id: undefined }],
])('%s is not passed on', async (_, info, where) => {
  await passOnMenuRequest(info as typeof click, where as typeof tab)
  expect(await menuRequestItem.get()).toBeNull()
})

test('a data: picture too large to pass on arrives as a request all the same', async () => {
  const { storage } = installFakeChrome({ quota: 1000 })
  await passOnMenuRequest({ ...click, srcUrl: `data:image/png;base64,${'A'.repeat(2000)}` }, tab)
  expect(storage.session.all().menuRequest).toMatchObject({ value: { src: 'data:', tabId: 4 } })
})
