import type { Page } from 'puppeteer'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openSession, type Session } from './fixtures/session.ts'
import { startCrowdedSite } from './fixtures/sites/crowded.ts'
import { type GuardedSite, secretWords, startGuardedSite } from './fixtures/sites/guarded.ts'
import { sampleNames, startSampleSite } from './fixtures/sites/sample.ts'
import { texts } from './fixtures/texts.ts'
import { locate } from './pages/locator.ts'
import type { PanelPage } from './pages/panel-page.ts'
import { pickInPage } from './pages/picker-overlay.ts'
import { watchUploads } from './probes/uploads.ts'

const t = texts('en')
let session: Session<GuardedSite>
let site: GuardedSite
let page: Page
let panel: PanelPage

beforeAll(async () => {
  session = await openSession({ site: startGuardedSite })
  ;({ site, page, panel } = session)
  await leaveCookie()
})
afterAll(() => session?.close())
afterEach(() => panel.clearSources())

/** The pictures' origin knows this browser from now on: only our own care keeps the cookie at home. */
const leaveCookie = async () => {
  for (const _ of ['set', 'send back']) await (await session.chromium.openPage(`${site.crossUrl}open.png`)).close()
  expect(site.asked.findLast(({ path }) => path === '/open.png')?.cookie).toBe('visitor=ada')
  await page.bringToFront()
}

const tile = (alt: string) => panel.tile(alt).element()

/** A paste as the panel sees it: puppeteer cannot fill the system's clipboard with a picture. */
const paste = (target: string, mime: string, text: string | null) =>
  panel.page.evaluate(
    async (selector, type, words) => {
      const canvas = new OffscreenCanvas(64, 48)
      canvas.getContext('2d')?.fillRect(0, 0, 32, 48)
      const clipboardData = new DataTransfer()
      clipboardData.items.add(new File([await canvas.convertToBlob({ type })], 'image.png', { type }))
      if (words !== null) clipboardData.setData('text/plain', words)
      document
        .querySelector(selector)
        ?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    },
    target,
    mime,
    text,
  )

const plainPicture = () =>
  sharp({ create: { width: 80, height: 60, channels: 3, background: '#778899' } })
    .png()
    .toBuffer()

const chooseFile = async (name: string, bytes: Buffer) => panel.chooseFile(await session.saved(name, bytes))

describe('the strip', () => {
  test('lists, hovers and outlines without a single request', async () => {
    await tile('open.png')
    const before = site.asked.length
    for (const alt of ['open.png', 'photograph.jpg']) await panel.tile(alt).hover()
    await panel.page.keyboard.press('Tab')
    expect(site.asked.length).toBe(before)
    expect(await panel.page.$$('.sources-tile img')).toEqual([])
  })

  test('takes a picture, marks it, gives it back, and takes it again by undo', async () => {
    await panel.pressTile('open.png')
    await panel.slotsBecome('ready')
    expect(await (await tile('open.png')).evaluate(element => element.ariaPressed)).toBe('true')
    await panel.pressTile('open.png')
    await panel.slotsBecome()
    await panel.keys('Control', 'z')
    await panel.slotsBecome('ready')
    expect(await panel.page.$$('.sources-picture img')).toHaveLength(1)
  })

  test('reads from another site without its cookies and without Referer', async () => {
    const before = site.asked.length
    await panel.pressTile('open.png')
    await panel.slotsBecome('ready')
    const reading = site.asked.slice(before)
    expect(reading.filter(({ referer }) => referer === undefined)).toEqual([
      { path: '/open.png', cookie: undefined, referer: undefined },
    ])
    // The frame's own try, if it asked at all, went as the page itself asks.
    expect(reading.every(({ path }) => path === '/open.png')).toBe(true)
  })

  test('shows previews only when asked, again without cookies', async () => {
    const before = site.asked.length
    await panel.press('button', t('sources.strip.previews_show'))
    await panel.page.waitForSelector('.sources-tile img')
    await panel.press('button', t('sources.strip.previews_hide'))
    const loaded = site.asked.slice(before)
    expect(loaded.length).toBeGreaterThan(0)
    expect(loaded.filter(({ cookie, referer }) => cookie !== undefined || referer !== undefined)).toEqual([])
  })

  test('lists only pictures of the smallest size chosen, and remembers it', async () => {
    const choose = (side: string) => panel.page.select('.sources-size', side)
    const listed = () => panel.page.$$eval('.sources-tile', tiles => tiles.map(({ ariaLabel }) => ariaLabel ?? ''))
    await tile('open.png')
    await choose('512')
    await panel.listsPictures(1)
    expect(await listed()).toEqual([expect.stringMatching(/^photograph\.jpg/)])
    await panel.page.reload()
    await panel.listsPictures(1)
    await choose('0')
    await tile('open.png')
  })
})

describe('[C105] a picture that cannot be read', () => {
  test.each([
    ['referer.png', 'refused'],
    ['gone.png', 'gone'],
    ['gate.png', 'not_a_picture'],
    ['small.png', 'too_small'],
  ])('%s says that it is %s, and what to do', async (alt, reason) => {
    await panel.pressTile(alt)
    await panel.slotsBecome('failed')
    await panel.reads(t(`sources.failed.${reason}`))
    await panel.reads(t('studio.wait.picture'))
  })
})

describe('the inputs', () => {
  test('picking in the page takes the picture that was clicked', async () => {
    await panel.press('button', t('sources.pick'))
    await panel.reads(t('sources.pick_hint'))
    await pickInPage(page, 'img[alt="photograph.jpg"]')
    await panel.slotsBecome('ready')
    expect(await panel.has('button', t('sources.pick'))).toBe(true)
  })

  test('Esc in the panel ends picking', async () => {
    await panel.press('button', t('sources.pick'))
    await panel.reads(t('sources.pick_hint'))
    await panel.page.keyboard.press('Escape')
    expect(await panel.find('button', t('sources.pick'))).toBeTruthy()
  })

  test('a right-click request waits in storage.session and is taken once', async () => {
    const worker = await session.chromium.worker()
    const src = `${site.crossUrl}open.png`
    const left = await worker.evaluate(async address => {
      const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true })
      const value = { id: crypto.randomUUID(), src: address, tabId: tab?.id, frameId: 0, windowId: tab?.windowId }
      await chrome.storage.session.set({ menuRequest: { version: 1, value } })
      return value
    }, src)
    expect(left.tabId).toBeDefined()
    await panel.slotsBecome('ready')
    expect(await worker.evaluate(() => chrome.storage.session.get('menuRequest'))).toEqual({})
  })

  test('paste brings a picture anywhere, but text stays text', async () => {
    await paste('#studio-prompt', 'image/png', 'a\tb')
    expect(await panel.slotStates()).toEqual([])
    await paste('body', 'image/png', null)
    await paste('#studio-prompt', 'image/png', null)
    await panel.slotsBecome('ready', 'ready')
  })

  test('drop brings files', async () => {
    const debug = await panel.page.createCDPSession()
    const data = {
      items: [],
      files: [
        await session.saved('one.png', await plainPicture()),
        await session.saved('two.png', await plainPicture()),
      ],
      dragOperationsMask: 1,
    }
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await debug.send('Input.dispatchDragEvent', { type, x: 100, y: 200, data })
    await debug.detach()
    await panel.slotsBecome('ready', 'ready')
  })

  test('the file chooser opens from the empty place', async () => {
    await chooseFile('chosen.png', await plainPicture())
    await panel.slotsBecome('ready')
  })
})

describe('every kind of picture', () => {
  test('a page can show becomes ready: SVG, GIF, AVIF, srcset, shadow root, other origin', async () => {
    const sample = await startSampleSite()
    const samplePage = await session.chromium.openPage(sample.url)
    try {
      const kinds = {
        '#drawing': sampleNames.drawing,
        '#animated': sampleNames.tide,
        '#cross': sampleNames.night,
        '#thumb': sampleNames.dawn,
        '.moon': sampleNames.moon,
        '#lazy': sampleNames.dunes,
      }
      for (const [selector, alt] of Object.entries(kinds)) {
        await samplePage.$eval(selector, element => element.scrollIntoView({ block: 'center' }))
        await panel.pressTile(alt)
      }
      await panel.sourcesReady(6)
    } finally {
      await samplePage.close()
      await page.bringToFront()
      await sample.close()
    }
  })

  test('a photograph taken on its side is turned upright', async () => {
    const lying = sharp({ create: { width: 80, height: 60, channels: 3, background: '#456' } })
    await chooseFile('sideways.jpg', await lying.withMetadata({ orientation: 6 }).jpeg().toBuffer())
    await panel.slotsBecome('ready')
    await panel.press('button', t('sources.slot', { name: 'sideways.jpg' }))
    await panel.reads('60 × 80')
  })

  test('one that moves is used as its first frame, and says so', async () => {
    const frame = (background: string) => sharp({ create: { width: 40, height: 40, channels: 3, background } }).png()
    const frames = [await frame('red').toBuffer(), await frame('blue').toBuffer()]
    await chooseFile(
      'moving.gif',
      await sharp(frames, { join: { animated: true } })
        .gif()
        .toBuffer(),
    )
    await panel.slotsBecome('ready')
    await panel.press('button', t('sources.slot', { name: 'moving.gif' }))
    await panel.reads(t('sources.details.animated'))
  })
})

describe('the order', () => {
  const middleOf = async (name: string) => {
    const box = await (await panel.page.waitForSelector(`.sources-picture[title="${name}"]`))?.boundingBox()
    if (!box) throw new Error(`There is no slot "${name}".`)
    return [box.x + box.width / 2, box.y + box.height / 2] as const
  }

  test('is changed by dragging; a drag opens nothing, a click does', async () => {
    for (const name of ['one.png', 'two.png', 'three.png']) await chooseFile(name, await plainPicture())
    await panel.slotsBecome('ready', 'ready', 'ready')
    const before = await panel.slotNames()
    const [first = '', , last = ''] = before
    const { mouse } = panel.page
    await mouse.move(...(await middleOf(first)))
    await mouse.down()
    await mouse.move(...(await middleOf(last)), { steps: 5 })
    await panel.page.waitForSelector('[data-drag=after]')
    await mouse.up()
    await expect.poll(panel.slotNames).toEqual([...before.slice(1), first])
    expect(await panel.page.$('.sources-details')).toBeNull()
    await mouse.click(...(await middleOf(first)))
    await panel.page.waitForSelector('.sources-details')
  })
})

describe('a locked picture', () => {
  const lockOf = (name: string) => `.sources-lock[aria-label="${t('sources.lock', { name })}"]`
  const isLocked = (name: string) => panel.page.$eval(lockOf(name), lock => lock.ariaPressed === 'true')

  /** What the menu of a picture leaves for the panel. */
  const rightClick = async (picture: string) => {
    const worker = await session.chromium.worker()
    await worker.evaluate(async src => {
      const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true })
      const value = { id: crypto.randomUUID(), src, tabId: tab?.id, frameId: 0, windowId: tab?.windowId }
      await chrome.storage.session.set({ menuRequest: { version: 1, value } })
    }, `${site.crossUrl}${picture}`)
  }

  const fill = async (...names: string[]) => {
    for (const name of names) await chooseFile(name, await plainPicture())
    await panel.sourcesReady(names.length)
  }

  test('keeps its place when a right-clicked one needs room; the one that went comes back by undo', async () => {
    // The model at hand takes three.
    await fill('one.png', 'two.png', 'three.png')
    await locate(panel.page, 'the lock', lockOf('one.png')).press()
    await page.bringToFront()
    await rightClick('open.png')
    await panel.reads(t('sources.replaced', { name: 'two.png' }))
    await panel.sourcesReady(3)
    expect(await panel.slotNames()).toEqual(['one.png', 'open.png', 'three.png'])
    await panel.keys('Control', 'z')
    await expect.poll(panel.slotNames).toEqual(['one.png', 'two.png', 'three.png'])
  })

  test('stays when all are: the new one waits behind them, and says why', async () => {
    await fill('one.png', 'two.png', 'three.png')
    for (const name of ['one.png', 'two.png', 'three.png']) await locate(panel.page, 'the lock', lockOf(name)).press()
    await page.bringToFront()
    await rightClick('open.png')
    await panel.reads(t('sources.tell.locked'))
    await panel.sourcesReady(4)
    expect(await panel.slotNames()).toEqual(['one.png', 'two.png', 'three.png', 'open.png'])
  })

  test('stays when the others are cleared, and is locked still in a panel opened anew', async () => {
    await fill('one.png', 'two.png', 'three.png')
    await panel.page.focus('.sources-picture[title="two.png"]')
    await panel.page.keyboard.press('l')
    expect(await isLocked('two.png')).toBe(true)
    await panel.press('button', t('sources.clear'))
    await expect.poll(panel.slotNames).toEqual(['two.png'])
    expect(await panel.page.evaluate(() => document.activeElement?.getAttribute('title'))).toBe('two.png')
    await panel.keys('Control', 'z')
    await expect.poll(panel.slotNames).toEqual(['one.png', 'two.png', 'three.png'])
    await panel.page.close()
    panel = await session.reopenPanel()
    await panel.sourcesReady(3)
    expect(await isLocked('two.png')).toBe(true)
    expect(await isLocked('one.png')).toBe(false)
  })
})

describe('by keyboard alone', () => {
  test('a tile is taken with Enter, its slot moved and removed, and the focus is never lost', async () => {
    await (await tile('open.png')).focus()
    await panel.page.keyboard.press('Enter')
    await panel.page.keyboard.press('ArrowLeft')
    await panel.page.keyboard.press('Enter')
    await panel.slotsBecome('ready', 'ready')
    expect(await panel.slotNames()).toEqual(['open.png', 'photograph.jpg'])
    await panel.page.focus('.sources-picture')
    await panel.keys('Alt', 'ArrowRight')
    expect(await panel.slotNames()).toEqual(['photograph.jpg', 'open.png'])
    await panel.page.focus('.sources-picture')
    await panel.page.keyboard.press('Delete')
    await panel.slotsBecome('ready')
    expect(await panel.page.evaluate(() => document.activeElement?.getAttribute('title'))).toBe('open.png')
  })
})

describe('600 pictures', () => {
  const placeOfFocus = () =>
    panel.page.evaluate(() => {
      const place = document.activeElement?.closest('li')
      return `${place?.getAttribute('aria-posinset')} of ${place?.getAttribute('aria-setsize')}`
    })
  const tilesThere = () => panel.page.$$eval('.sources-tile', tiles => tiles.length)

  test('are at most 60 tiles at once, the arrows reach them all, and the strip says that it was cut', async () => {
    const crowded = await startCrowdedSite(3)
    const crowdedPage = await session.chromium.openPage(crowded.url)
    // Frames that came while the panel looked on would be listed again, in another order, before the focus is there.
    await panel.page.reload()
    try {
      await panel.listsPictures(600)
      await panel.reads(t('sources.strip.cut_off', { limit: 600 }))
      expect(await tilesThere()).toBeLessThanOrEqual(60)
      await panel.page.focus('.sources-tile[tabindex="0"]')
      // Within the panel, because a round trip for each of 600 keys takes half a minute.
      const walked = await panel.page.evaluate(async () => {
        const focused = () => document.activeElement?.getAttribute('aria-label') ?? ''
        const reached = new Set([focused()])
        let most = 0
        for (let at = 2; at <= 600; at++) {
          const key = new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true, cancelable: true })
          document.activeElement?.dispatchEvent(key)
          reached.add(focused())
          // Now and then a frame, in which the strip hears that it was scrolled.
          if (at % 25 === 0) await new Promise(requestAnimationFrame)
          most = Math.max(most, document.querySelectorAll('.sources-tile').length)
        }
        return { reached: reached.size, most }
      })
      expect(walked.reached).toBe(600)
      expect(walked.most).toBeLessThanOrEqual(60)
      expect(await placeOfFocus()).toBe('600 of 600')
      await panel.page.keyboard.press('Home')
      expect(await placeOfFocus()).toBe('1 of 600')
      await panel.page.keyboard.press('ArrowRight')
      expect(await placeOfFocus()).toBe('2 of 600')
      await panel.page.keyboard.press('End')
      expect(await placeOfFocus()).toBe('600 of 600')
      await panel.page.keyboard.press('Enter')
      await panel.slotsBecome('ready')
      expect(await tilesThere()).toBeLessThanOrEqual(60)
    } finally {
      await crowdedPage.close()
      await page.bringToFront()
      await crowded.close()
    }
  })

  test('scroll as a whole: what comes into sight is rendered, and the focus is kept', async () => {
    const crowded = await startCrowdedSite(3)
    const crowdedPage = await session.chromium.openPage(crowded.url)
    // Frames that came while the panel looked on would be listed again, in another order, before the focus is there.
    await panel.page.reload()
    try {
      await panel.listsPictures(600)
      await panel.page.focus('.sources-tile[tabindex="0"]')
      const middle = await panel.page.$eval('.sources-strip', strip => {
        strip.scrollLeft = strip.scrollWidth / 2
        return strip.scrollWidth / 600
      })
      expect(middle).toBeCloseTo(56, 0)
      await panel.page.waitForSelector('[aria-posinset="302"]')
      const inSight = await panel.page.$eval('.sources-strip', strip => {
        const { left, top, width } = strip.getBoundingClientRect()
        const tile = document.elementFromPoint(left + width / 2, top + 20)?.closest('li')
        return Number(tile?.getAttribute('aria-posinset') ?? 0)
      })
      expect(Math.abs(inSight - 304)).toBeLessThan(8)
      expect(await placeOfFocus()).toBe('1 of 600')
    } finally {
      await crowdedPage.close()
      await page.bringToFront()
      await crowded.close()
    }
  })
})

describe('what leaves the computer', () => {
  test('is the picture without place, camera and words in its metadata', async () => {
    const uploaded = await watchUploads(panel.page)
    await panel.pressTile('photograph.jpg')
    await panel.slotsBecome('ready')
    await panel.press('radio', '512')
    await panel.generate()
    await panel.newPicture([])
    const { spec, pictures } = await uploaded()
    const [{ name, bytes } = { name: '', bytes: Buffer.alloc(0) }] = pictures
    const metadata = await sharp(bytes).metadata()
    expect(metadata).toMatchObject({ format: 'png', width: 900, height: 600 })
    expect(metadata.exif).toBeUndefined()
    expect(bytes.includes(secretWords)).toBe(false)
    expect(spec + name).not.toMatch(/127\.0\.0\.1|localhost|photograph/)
  })
})

describe('pages where picking cannot work', () => {
  test('Chrome’s own pages say so, and paste still works', async () => {
    const chromePage = await session.chromium.openPage('chrome://version')
    await panel.reads(t('sources.strip.restricted'))
    await paste('body', 'image/png', null)
    await panel.slotsBecome('ready')
    await chromePage.close()
    await page.bringToFront()
    await tile('open.png')
  })
})

describe('the draft', () => {
  test('survives closing the panel: words, pictures, roles and choices are back', async () => {
    await panel.pressTile('open.png')
    await panel.slotsBecome('ready')
    await panel.page.select('.sources-role select', 'palette')
    await panel.writePrompt('a quiet harbour')
    await panel.page.close()
    panel = await session.reopenPanel()
    await panel.slotsBecome('ready')
    await panel.page.waitForSelector('.sources-picture img')
    await panel.promptBecomes('a quiet harbour')
    expect(await panel.page.$eval('.sources-role select', select => (select as HTMLSelectElement).value)).toBe(
      'palette',
    )
  })

  test('holds no address of the page or of a picture', async () => {
    await panel.pressTile('open.png')
    await panel.slotsBecome('ready')
    await panel.writePrompt('kept')
    await panel.page.waitForFunction(async () =>
      JSON.stringify(await chrome.storage.local.get(null)).includes('"kept"'),
    )
    const stored = await panel.page.evaluate(async () => JSON.stringify(await chrome.storage.local.get(null)))
    expect(stored).not.toContain('127.0.0.1')
    expect(stored).not.toContain(new URL(site.url).host)
  })
})
