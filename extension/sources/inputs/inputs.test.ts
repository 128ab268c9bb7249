import { describe, expect, test, vi } from 'vitest'
import type { MenuRequest } from '../../platform/storage/items.ts'
import { openMenuDoor } from './menu-request.ts'
import { firstAddress, readDrop, readPaste } from './transfer.ts'

const file = (name: string, type: string) => new File(['x'], name, { type })

const transfer = (files: File[], data: Record<string, string> = {}) => ({
  types: [...Object.keys(data), ...(files.length > 0 ? ['Files'] : [])],
  files,
  getData: (type: string) => data[type] ?? '',
})

describe('a drop', () => {
  test('brings its files, even when the page gave an address too', () => {
    const picture = file('a.png', 'image/png')
    const brought = readDrop(transfer([picture], { 'text/uri-list': 'https://pictures.example/a.png' }))
    expect(brought).toEqual({ pictures: [picture], refused: 0, address: null })
  })

  test('counts files that are no pictures; one without a type is judged by its bytes later', () => {
    const brought = readDrop(transfer([file('a.pdf', 'application/pdf'), file('photo', '')]))
    expect(brought.pictures.map(({ name }) => name)).toEqual(['photo'])
    expect(brought.refused).toBe(1)
  })

  test('without files leaves the address as a hint', () => {
    const brought = readDrop(transfer([], { 'text/uri-list': 'https://pictures.example/a.png' }))
    expect(brought.address).toBe('https://pictures.example/a.png')
  })
})

describe('a list of addresses', () => {
  test.each([
    ['# a comment\r\nhttps://a.example/1.png\r\nhttps://a.example/2.png', 'https://a.example/1.png'],
    ['\n  data:image/png;base64,AA==  \n', 'data:image/png;base64,AA=='],
    ['javascript:alert(1)\nfile:///etc/passwd', null],
    ['chrome-extension://abc/x.png', null],
    ['', null],
  ])('%j gives %j', (list, address) => {
    expect(firstAddress(list)).toBe(address)
  })
})

describe('a paste', () => {
  const screenshot = file('image.png', 'image/png')

  test('of a picture is taken anywhere, also while the prompt has the focus', () => {
    expect(readPaste(transfer([screenshot], { 'text/html': '<img>' }), true).pictures).toEqual([screenshot])
  })

  test('of text into a field stays text, even when a picture of it comes along', () => {
    const cells = transfer([screenshot], { 'text/plain': 'a\tb' })
    expect(readPaste(cells, true).pictures).toEqual([])
    expect(readPaste(cells, false).pictures).toEqual([screenshot])
  })

  test('never reads by an address', () => {
    expect(readPaste(transfer([], { 'text/uri-list': 'https://a.example/1.png' }), false).address).toBeNull()
  })
})

describe('the right-click handoff', () => {
  const request: MenuRequest = { id: 'r1', src: 'https://a.example/1.png', tabId: 3, frameId: 0, windowId: 1 }

  /** storage.session with one item, and one lock, for several panels. */
  const shared = (waiting: MenuRequest | null) => {
    let stored = waiting
    const watchers = new Set<(value: MenuRequest | null) => void>()
    let last: Promise<unknown> = Promise.resolve()
    const set = (value: MenuRequest | null) => {
      stored = value
      for (const watcher of watchers) watcher(value)
    }
    return {
      write: set,
      item: {
        get: async () => stored,
        remove: async () => set(null),
        watch: (watcher: (value: MenuRequest | null) => void) => {
          watchers.add(watcher)
          return () => void watchers.delete(watcher)
        },
      },
      exclusively: <T>(run: () => Promise<T>): Promise<T> => {
        const turn = last.then(run)
        last = turn.catch(() => {})
        return turn
      },
      settled: async () => {
        for (let i = 0; i < 5; i += 1) await last
      },
    }
  }

  test('[C104] waits for a panel that is slow to load and arrives exactly once', async () => {
    const { item, exclusively, settled } = shared(request)
    const take = vi.fn()
    openMenuDoor({ item, exclusively, windowId: 1, take })
    openMenuDoor({ item, exclusively, windowId: 1, take })
    await settled()
    expect(take).toHaveBeenCalledExactlyOnceWith(request)
    expect(await item.get()).toBeNull()
  })

  test('reaches an open panel, once for each click', async () => {
    const { item, exclusively, settled, write } = shared(null)
    const take = vi.fn()
    const close = openMenuDoor({ item, exclusively, windowId: 1, take })
    write(request)
    await settled()
    write({ ...request, id: 'r2' })
    await settled()
    close()
    write({ ...request, id: 'r3' })
    await settled()
    expect(take.mock.calls.map(([taken]) => taken.id)).toEqual(['r1', 'r2'])
  })

  test('is left to the panel of its own window', async () => {
    const { item, exclusively, settled } = shared(request)
    const other = vi.fn()
    openMenuDoor({ item, exclusively, windowId: 2, take: other })
    await settled()
    expect(other).not.toHaveBeenCalled()
    expect(await item.get()).toEqual(request)
  })
})
