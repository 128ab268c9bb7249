import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { FrameNote, PagePicture, PagePlace, PageToPanel, PanelToPage } from '../protocol.ts'
import { connectToTab, type LinkedPicture, type LinkState, left, type PageLink, type PictureRef } from './page-link.ts'
import { fakeTabs, tabId } from './test/fake-tabs.ts'

const picture = (id: number, side = 100, src = `https://a/${id}`): PagePicture => ({
  id,
  src,
  width: side,
  height: side,
})

let chromeTabs: ReturnType<typeof fakeTabs>
let link: PageLink
let states: LinkState[]
let listed: LinkedPicture[]
let notes: ReadonlySet<FrameNote>
let picked: [id: number, more: boolean][]
let ended: number
let at: PictureRef | null | undefined

const says = (message: PageToPanel | Record<string, unknown>) => chromeTabs.last().onMessage.fire(message)
const tells = (frame: string, ...pictures: PagePicture[]) => says({ type: 'pictures', frame, pictures })
const sent = (type: PanelToPage['type']) => chromeTabs.last().sent.filter(message => message.type === type)
const settle = () => vi.advanceTimersByTimeAsync(0)

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('chrome', { runtime: {} })
  chromeTabs = fakeTabs()
  states = []
  listed = []
  picked = []
  ended = 0
  at = undefined
  link = connectToTab(
    tabId,
    {
      onPictures: (pictures, told) => {
        listed = pictures
        notes = told
      },
      onPicked: ({ id }, more) => picked.push([id, more]),
      onPickEnded: () => {
        ended += 1
      },
      onState: state => states.push(state),
      onAt: ref => {
        at = ref
      },
    },
    chromeTabs.tabs,
  )
})
afterEach(() => {
  link.close()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('listing', () => {
  test('asks at once, and a new list of a frame replaces its old one', () => {
    expect(sent('list')).toHaveLength(1)
    tells('0.1', picture(1), picture(2, 300))
    tells('0.2', picture(9, 200))
    expect(listed.map(({ frame, id }) => [frame, id])).toEqual([
      ['0.1', 2],
      ['0.2', 9],
      ['0.1', 1],
    ])
    tells('0.1', picture(3))
    expect(listed.map(({ id }) => id)).toEqual([9, 3])
    tells('0.2')
    expect(listed.map(({ id }) => id)).toEqual([3])
    expect(states).toEqual(['connecting', 'connected'])
  })

  test('what a frame notes beside its pictures counts until it lists again or goes', () => {
    says({ type: 'pictures', frame: '0.1', pictures: [picture(1)], note: 'cut' })
    says({ type: 'pictures', frame: '0.2', pictures: [], note: 'pdf' })
    expect([...notes]).toEqual(['cut', 'pdf'])
    tells('0.1', picture(1))
    expect([...notes]).toEqual(['pdf'])
    says({ type: 'gone', frame: '0.2' })
    expect([...notes]).toEqual([])
  })

  test('a message that is not exactly ours changes nothing', () => {
    says({ type: 'pictures', frame: '0.1', pictures: [{ ...picture(1), title: 'Inbox' }] })
    expect(listed).toEqual([])
    expect(states).toEqual(['connecting'])
  })

  test('frames that come later are reached by connecting again, once for a burst', () => {
    tells('0.1', picture(1))
    says({ type: 'frame-added', frame: '0.1' })
    says({ type: 'frame-added', frame: '0.1' })
    const old = chromeTabs.last()
    vi.advanceTimersByTime(1000)
    expect(chromeTabs.ports).toHaveLength(2)
    expect(old.open).toBe(false)
    expect(sent('list')).toHaveLength(1)
  })
})

describe('picking', () => {
  beforeEach(() => {
    tells('0.1', picture(1), picture(2))
    tells('0.2', picture(1, 900, 'https://b/'))
    link.startPicking()
  })

  test('a click in the page takes the picture and ends picking; the page is let go when a double click is over', () => {
    says({ type: 'picked', frame: '0.1', picture: picture(2), more: false })
    expect(picked).toEqual([[2, false]])
    expect(ended).toBe(1)
    says({ type: 'picked', frame: '0.1', picture: picture(2), more: false })
    expect(picked).toHaveLength(1)
    expect(sent('pick-stop')).toHaveLength(0)
    vi.advanceTimersByTime(500)
    expect(sent('pick-stop')).toHaveLength(1)
  })

  test('with Shift it goes on', () => {
    says({ type: 'picked', frame: '0.1', picture: picture(1), more: true })
    says({ type: 'picked', frame: '0.1', picture: picture(2), more: false })
    expect(picked).toEqual([
      [1, true],
      [2, false],
    ])
    expect(ended).toBe(1)
  })

  test('starting again right after a picture keeps the page in picking', () => {
    says({ type: 'picked', frame: '0.1', picture: picture(2), more: false })
    link.startPicking()
    vi.advanceTimersByTime(1000)
    expect(sent('pick-stop')).toHaveLength(0)
  })

  test('arrows walk on from frame to frame, whether pressed in the page or in the panel, and Enter takes', () => {
    link.steer('ArrowRight')
    says({ type: 'key', frame: '0.1', key: 'ArrowDown', shift: false })
    expect(at).toEqual({ frame: '0.1', id: 2 })
    link.steer('ArrowRight')
    expect(at).toEqual({ frame: '0.2', id: 1 })
    expect(sent('show').slice(-2)).toEqual([
      { type: 'show', frame: '0.1', id: null, block: 'nearest' },
      { type: 'show', frame: '0.2', id: 1, block: 'center' },
    ])
    link.steer('Enter', true)
    expect(picked).toEqual([[1, true]])
    link.steer('ArrowLeft')
    says({ type: 'key', frame: '0.1', key: 'Enter', shift: false })
    expect(picked.at(-1)).toEqual([2, false])
    expect(ended).toBe(1)
  })

  test('one outline at a time: the pointer in another frame clears the old one', () => {
    says({ type: 'at', frame: '0.1', id: 2 })
    says({ type: 'at', frame: '0.2', id: 1 })
    expect(sent('show')).toEqual([{ type: 'show', frame: '0.1', id: null, block: 'nearest' }])
    says({ type: 'at', frame: '0.1', id: null })
    expect(at).toEqual({ frame: '0.2', id: 1 })
    says({ type: 'at', frame: '0.2', id: null })
    expect(at).toBeNull()
  })

  test('Esc ends it at once; keys after that do nothing', () => {
    link.steer('Escape')
    expect(ended).toBe(1)
    expect(sent('pick-stop')).toHaveLength(1)
    link.steer('ArrowRight')
    link.steer('Enter')
    expect(sent('show')).toHaveLength(0)
    expect(picked).toEqual([])
  })

  test('it survives a navigation of the page', async () => {
    chromeTabs.last().drop()
    await settle()
    vi.advanceTimersByTime(500)
    expect(sent('pick-start')).toHaveLength(1)
  })
})

describe('reading', () => {
  const ref = { frame: '0.1', id: 2 }
  const data = 'data:image/png;base64,iVBORw0KGgo='

  test('answers the bytes the owning frame sends', async () => {
    const first = link.read(ref)
    const second = link.read(ref)
    expect(sent('read')).toEqual([{ type: 'read', frame: '0.1', id: 2 }])
    says({ type: 'bytes', frame: '0.2', id: 2, data: null })
    says({ type: 'bytes', frame: '0.1', id: 2, data })
    const blob = (await first) as Blob
    expect(blob.type).toBe('image/png')
    expect([...(await blob.bytes())].slice(0, 4)).toEqual([0x89, 0x50, 0x4e, 0x47])
    expect(await second).toEqual(blob)
  })

  test('the larger picture is another question about the same <img>', async () => {
    const shown = link.read(ref)
    const larger = link.read(ref, { larger: true })
    expect(sent('read')).toEqual([
      { type: 'read', ...ref },
      { type: 'read', ...ref, larger: true },
    ])
    says({ type: 'bytes', ...ref, larger: true, data: null })
    expect(await larger).toBeNull()
    says({ type: 'bytes', ...ref, data })
    expect(await shown).toBeInstanceOf(Blob)
  })

  test('ends at once when its frame goes away, and only that one; later ones are not even asked', async () => {
    const other = { frame: '0.2', id: 7 }
    const reading = link.read(ref)
    const going = link.read(other)
    says({ type: 'gone', frame: '0.1' })
    expect(await reading).toBe(left)
    expect(await link.read(ref)).toBe(left)
    says({ type: 'bytes', ...other, data })
    expect(await going).toBeInstanceOf(Blob)
  })

  test('ends at once when the page goes away without a word', async () => {
    tells('0.1', picture(2))
    const reading = link.read(ref)
    chromeTabs.last().drop()
    expect(await reading).toBe(left)
    expect(await link.read(ref)).toBe(left)
  })

  test('a page that comes back out of the cache can be read again', async () => {
    says({ type: 'gone', frame: '0.1' })
    tells('0.1', picture(2))
    const reading = link.read(ref)
    says({ type: 'bytes', ...ref, data })
    expect(await reading).toBeInstanceOf(Blob)
  })

  test('null when the frame may not read it', async () => {
    const reading = link.read(ref)
    says({ type: 'bytes', frame: '0.1', id: 2, data: null })
    expect(await reading).toBeNull()
  })

  test('null after an abort, and a later answer is nobody’s', async () => {
    const stop = new AbortController()
    const reading = link.read(ref, { signal: stop.signal })
    stop.abort()
    expect(await reading).toBeNull()
    says({ type: 'bytes', frame: '0.1', id: 2, data })
    expect(await link.read(ref, { signal: stop.signal })).toBeNull()
  })

  test('an abandoned one ends in the page too: the port is a new one, on which the others are asked again', async () => {
    const stop = new AbortController()
    const other = { frame: '0.2', id: 7 }
    void link.read(other)
    const reading = link.read(ref, { signal: stop.signal })
    const old = chromeTabs.last()
    stop.abort()
    expect(await reading).toBeNull()
    expect(old.open).toBe(false)
    expect(sent('read')).toEqual([{ type: 'read', ...other }])
  })

  test('null when it takes too long', async () => {
    vi.useRealTimers()
    expect(await link.read(ref, { timeoutMs: 5 })).toBeNull()
  })

  test('null when the link closes', async () => {
    const reading = link.read(ref)
    link.close()
    expect(await reading).toBeNull()
  })

  test('a reading under way is asked again when the port is a new one', () => {
    void link.read(ref)
    says({ type: 'frame-added', frame: '0.1' })
    vi.advanceTimersByTime(1000)
    expect(sent('read')).toHaveLength(1)
  })
})

describe('asking where a picture is', () => {
  const ref = { frame: '0.1', id: 2 }
  const box = { x: 0, y: 0, width: 20, height: 10, top: 0, right: 20, bottom: 10, left: 0 }
  const place: PagePlace = [box, box, 1280]

  test('answers what its frame says, each time anew', async () => {
    for (const width of [1280, 640]) {
      const asked = link.place(ref)
      says({ type: 'place', frame: '0.1', id: 2, place: [box, box, width] })
      expect(await asked).toEqual([box, box, width])
    }
    expect(sent('place')).toHaveLength(2)
  })

  test('null where it has no place, and when the link closes', async () => {
    const asked = link.place(ref)
    says({ type: 'place', frame: '0.2', id: 2, place })
    says({ type: 'place', frame: '0.1', id: 2 })
    expect(await asked).toBeNull()
    const last = link.place(ref)
    link.close()
    expect(await last).toBeNull()
  })

  test('null at once when the frame goes away', async () => {
    const asked = link.place(ref)
    says({ type: 'gone', frame: '0.1' })
    expect(await asked).toBeNull()
    expect(await link.place(ref)).toBeNull()
  })
})

describe('when nobody answers', () => {
  test('a page that was open before: reload', async () => {
    chromeTabs.last().drop()
    await settle()
    expect(states).toEqual(['connecting', 'reload'])
  })

  test('a page of Chrome itself: restricted', async () => {
    chromeTabs.tab.protected = true
    chromeTabs.last().drop()
    await settle()
    expect(states).toEqual(['connecting', 'restricted'])
  })

  test('a page that loaded under our eyes and still does not answer is closed to us', async () => {
    chromeTabs.last().drop()
    await settle()
    chromeTabs.onUpdated.fire(tabId, { status: 'loading' })
    chromeTabs.onUpdated.fire(tabId, { status: 'complete' })
    chromeTabs.last().drop()
    await settle()
    expect(states).toEqual(['connecting', 'reload', 'connecting', 'closed'])
  })

  test('a page of Chrome itself is restricted also when it loaded under our eyes', async () => {
    chromeTabs.tab.protected = true
    chromeTabs.onUpdated.fire(tabId, { status: 'loading' })
    chromeTabs.last().drop()
    await settle()
    expect(states).toEqual(['connecting', 'restricted'])
  })

  test('reloading the page helps', async () => {
    chromeTabs.last().drop()
    await settle()
    chromeTabs.onUpdated.fire(tabId, { status: 'loading' })
    chromeTabs.onUpdated.fire(tabId, { status: 'complete' })
    tells('0.1', picture(1))
    expect(states.at(-1)).toBe('connected')
    expect(listed).toHaveLength(1)
  })

  test('a page that loads is connected anew, though the port of the one before seems open', async () => {
    tells('0.1', picture(1))
    chromeTabs.onUpdated.fire(tabId, { status: 'complete' })
    expect(chromeTabs.ports.map(({ open }) => open)).toEqual([false, true])
    chromeTabs.ports[0]!.onMessage.fire({ type: 'pictures', frame: '0.1', pictures: [picture(8)] })
    tells('0.2', picture(2))
    expect(listed.map(({ id }) => id)).toEqual([2])
    chromeTabs.onUpdated.fire(tabId + 1, { status: 'complete' })
    expect(chromeTabs.ports).toHaveLength(2)
  })

  test('a page still loading is asked again until it answers', async () => {
    chromeTabs.tab.status = 'loading'
    chromeTabs.last().drop()
    await settle()
    expect(states).toEqual(['connecting'])
    await vi.advanceTimersByTimeAsync(500)
    expect(chromeTabs.ports).toHaveLength(2)
  })

  test('a page that goes away takes its pictures along', async () => {
    tells('0.1', picture(1))
    chromeTabs.last().drop()
    await settle()
    expect(listed).toEqual([])
    expect(states).toEqual(['connecting', 'connected', 'connecting'])
  })

  test('so do the pictures of a page that was left for one of Chrome itself, in whatever order Chrome tells it', async () => {
    tells('0.1', picture(1))
    chromeTabs.tab.protected = true
    chromeTabs.onUpdated.fire(tabId, { status: 'loading' })
    chromeTabs.onUpdated.fire(tabId, { status: 'complete' })
    chromeTabs.last().drop()
    await settle()
    expect(listed).toEqual([])
    await vi.advanceTimersByTimeAsync(500)
    chromeTabs.last().drop()
    await settle()
    expect(states.at(-1)).toBe('restricted')
  })

  test('a closed tab is not asked again', async () => {
    chromeTabs.tab.exists = false
    chromeTabs.last().drop()
    await settle()
    await vi.advanceTimersByTimeAsync(5000)
    expect(chromeTabs.ports).toHaveLength(1)
  })
})

test('closing ends the port, every timer and every listener', async () => {
  tells('0.1', picture(1))
  link.startPicking()
  says({ type: 'frame-added', frame: '0.1' })
  link.close()
  await vi.advanceTimersByTimeAsync(5000)
  expect(chromeTabs.ports).toHaveLength(1)
  expect(chromeTabs.last().open).toBe(false)
  expect(chromeTabs.onUpdated.listeners.size).toBe(0)
  expect(vi.getTimerCount()).toBe(0)
})
