import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { LinkedPicture, PageLink, PageLinkHandlers } from '../../picking/panel/page-link.ts'
import type { FrameNote } from '../../picking/protocol.ts'
import { t } from '../../platform/i18n/i18n.ts'
import { createPageFollower } from './follow-page.ts'
import { noPage, pageStore } from './page-store.ts'
import { keepOrder } from './steady.ts'
import { formatWord, sizeText, sizeWords } from './tile-words.ts'

const picture = (id: number, src = `https://a.example/${id}.png`): LinkedPicture => ({
  id,
  frame: 'f',
  src,
  width: 800,
  height: 600,
})

/** Links that the test answers for, one per connect. */
const setUp = ({ hasSiteAccess = true } = {}) => {
  const links: { tabId: number; handlers: PageLinkHandlers; link: Record<keyof PageLink, ReturnType<typeof vi.fn>> }[] =
    []
  const picked = vi.fn()
  const page = createPageFollower({
    connect: (tabId, handlers) => {
      const link = {
        list: vi.fn(),
        reconnect: vi.fn(),
        startPicking: vi.fn(),
        stopPicking: vi.fn(),
        steer: vi.fn(),
        show: vi.fn(),
        read: vi.fn(async () => new Blob(['bytes'])),
        place: vi.fn(async () => null),
        close: vi.fn(),
      }
      links.push({ tabId, handlers, link })
      return link
    },
    hasSiteAccess: async () => hasSiteAccess,
    picked,
  })
  return { page, links, picked }
}

const shown = () => pageStore.getState()

const none: ReadonlySet<FrameNote> = new Set()
const cut: ReadonlySet<FrameNote> = new Set(['cut'])

beforeEach(() => pageStore.setState(noPage))

describe('the page in front', () => {
  test('is the active tab; an earlier one is closed and no longer heard', () => {
    const { page, links } = setUp()
    page.follow(1)
    links[0]?.handlers.onPictures([picture(1)], none)
    page.follow(2)
    expect(links[0]?.link.close).toHaveBeenCalledOnce()
    links[0]?.handlers.onPictures([picture(1), picture(2)], none)
    expect(shown()).toMatchObject({ tabId: 2, pictures: [] })
    links[1]?.handlers.onPictures([picture(3)], none)
    expect(shown().pictures.map(({ id }) => id)).toEqual([3])
  })

  test('says that it has more pictures than it may tell, until it has not', () => {
    const { page, links } = setUp()
    page.follow(1)
    links[0]?.handlers.onPictures([picture(1)], cut)
    expect(shown().notes.has('cut')).toBe(true)
    links[0]?.handlers.onPictures([picture(1)], none)
    expect(shown().notes.has('cut')).toBe(false)
    links[0]?.handlers.onPictures([picture(1)], cut)
    page.follow(2)
    expect(shown().notes.has('cut')).toBe(false)
  })

  test('is not connected twice', () => {
    const { page, links } = setUp()
    page.follow(1)
    page.follow(1)
    expect(links).toHaveLength(1)
  })

  test.each(['reload', 'restricted'] as const)('says %s', async state => {
    const { page, links } = setUp()
    page.follow(1)
    links[0]?.handlers.onState(state)
    await expect.poll(() => shown().state).toBe(state)
  })

  test.each([
    ['reload', false, 'site_access'],
    ['closed', false, 'site_access'],
    ['closed', true, 'restricted'],
    ['restricted', false, 'restricted'],
  ] as const)('is %s, access to sites is %s: says %s', async (state, hasSiteAccess, said) => {
    const { page, links } = setUp({ hasSiteAccess })
    page.follow(1)
    links[0]?.handlers.onState(state)
    await expect.poll(() => shown().state).toBe(said)
  })

  test('then looks out for the click on the icon, until it came', async () => {
    vi.useFakeTimers()
    const { page, links } = setUp({ hasSiteAccess: false })
    page.follow(1)
    links[0]?.handlers.onState('reload')
    await vi.advanceTimersByTimeAsync(2_500)
    expect(links[0]?.link.reconnect).toHaveBeenCalledTimes(2)
    links[0]?.handlers.onState('connected')
    await vi.advanceTimersByTimeAsync(5_000)
    expect(links[0]?.link.reconnect).toHaveBeenCalledTimes(2)
    vi.useRealTimers()
  })

  test('an answer that comes while Chrome is asked has the last word', async () => {
    const { page, links } = setUp({ hasSiteAccess: false })
    page.follow(1)
    links[0]?.handlers.onState('reload')
    links[0]?.handlers.onState('connected')
    await new Promise(resolve => setTimeout(resolve))
    expect(shown().state).toBe('connected')
  })
})

describe('picking', () => {
  const picking = async () => {
    const all = setUp()
    all.page.follow(1)
    all.links[0]?.handlers.onState('connected')
    await expect.poll(() => shown().state).toBe('connected')
    all.page.togglePicking()
    return all
  }

  test('starts and stops, and hands on what was picked with its tab', async () => {
    const { page, links, picked } = await picking()
    expect(links[0]?.link.startPicking).toHaveBeenCalledOnce()
    expect(shown().picking).toBe(true)
    links[0]?.handlers.onPicked(picture(4), true)
    expect(picked).toHaveBeenCalledWith(expect.objectContaining({ id: 4 }), 1)
    page.togglePicking()
    expect(links[0]?.link.stopPicking).toHaveBeenCalledOnce()
    expect(shown().picking).toBe(false)
  })

  test('ends with the tab it was in', async () => {
    const { page, links } = await picking()
    page.follow(2)
    expect(links[0]?.link.stopPicking).toHaveBeenCalledOnce()
    expect(shown().picking).toBe(false)
  })

  test('does not start where there is nobody to answer', () => {
    const { page, links } = setUp()
    page.follow(1)
    page.togglePicking()
    expect(links[0]?.link.startPicking).not.toHaveBeenCalled()
  })
})

describe('reading in the page', () => {
  test('asks the frame that listed the picture', async () => {
    const { page, links } = setUp()
    page.follow(1)
    const options = { larger: true, signal: new AbortController().signal }
    await page.read(1, { frame: 'f', id: 9 }, options)
    expect(links[0]?.link.read).toHaveBeenCalledExactlyOnceWith({ frame: 'f', id: 9 }, options)
  })

  test('finds a right-clicked picture by its address as soon as the page lists it', async () => {
    const { page, links } = setUp()
    page.follow(1)
    const found = page.find(1, 'https://a.example/7.png')
    links[0]?.handlers.onPictures([picture(6), picture(7)], none)
    expect(await found).toEqual(picture(7))
  })

  test('goes on while the person looks at another tab; the link closes after it', async () => {
    const { page, links } = setUp()
    page.follow(1)
    const reading = Promise.withResolvers<Blob | null>()
    links[0]?.link.read.mockReturnValue(reading.promise)
    const bytes = page.read(1, { frame: 'f', id: 1 }, {})
    page.follow(2)
    expect(links[0]?.link.close).not.toHaveBeenCalled()
    reading.resolve(new Blob(['late']))
    expect(await ((await bytes) as Blob).text()).toBe('late')
    expect(links[0]?.link.close).toHaveBeenCalledOnce()
  })

  test('reaches a tab that is not in front, and leaves it again', async () => {
    const { page, links } = setUp()
    page.follow(1)
    await page.read(8, { frame: 'f', id: 1 }, {})
    expect(links[1]).toMatchObject({ tabId: 8 })
    expect(links[1]?.link.close).toHaveBeenCalledOnce()
    expect(shown().tabId).toBe(1)
  })
})

describe('the strip while someone is in it', () => {
  test('moves and loses nothing; what is new comes last', () => {
    const shown = [picture(1), picture(2), picture(3)]
    const fresh = [picture(4), { ...picture(3), width: 1600 }, picture(1)]
    expect(keepOrder(shown, fresh).map(({ id, width }) => [id, width])).toEqual([
      [1, 800],
      [2, 800],
      [3, 1600],
      [4, 800],
    ])
  })
})

describe('words of a tile', () => {
  test.each([
    ['https://a.example/p/photo.JPEG?w=100#x', 'JPG'],
    ['https://a.example/p.png/render', ''],
    ['data:image/webp;base64,AA', 'WebP'],
    ['data:image/svg+xml,<svg/>', 'SVG'],
    ['blob:https://a.example/1-2', ''],
  ])('%s is %j', (src, word) => {
    expect(formatWord(src)).toBe(word)
  })

  test('say what is shown, and what the page offers in its place', () => {
    const shown = { ...picture(1), width: 300, height: 200 }
    expect(sizeText(t, shown)).toBe('300 × 200')
    expect(sizeText(t, { ...shown, larger: { src: 'x', width: 1200, height: 800 } })).toBe(
      '300 × 200, offered up to 1200 × 800',
    )
    expect(sizeText(t, { ...shown, larger: { src: 'x', width: 1200, height: 0 } })).toBe('300 × 200')
  })

  test('say nothing about a size that is not known', () => {
    expect(sizeWords({ width: 1200, height: 800 })).toBe('1200 × 800')
    expect(sizeWords({ width: 0, height: 0 })).toBe('')
  })
})
