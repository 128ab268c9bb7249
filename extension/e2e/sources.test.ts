import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ElementHandle, Page } from 'puppeteer'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startSampleSite } from '../sample/server.ts'
import { startTestBackend, type TestBackend } from './harness/backend.ts'
import { launchBrowser, type TestBrowser } from './harness/browser.ts'
import { type GuardedSite, secretWords, startGuardedSite } from './harness/guarded-site.ts'
import { type PanelHands, panelHands } from './harness/panel.ts'
import { signIn } from './harness/sign-in.ts'
import { texts } from './harness/texts.ts'
import { watchUploads } from './harness/upload.ts'

const t = texts('en')
let backend: TestBackend
let site: GuardedSite
let chromium: TestBrowser
let page: Page
let panel: PanelHands

beforeAll(async () => {
  site = await startGuardedSite()
  backend = await startTestBackend()
  chromium = await launchBrowser({ origin: backend.origin })
  await leaveCookie()
  page = await chromium.openPage(site.url)
  panel = panelHands(await chromium.openPanel(page), t)
  await panel.press('button', t('shell.welcome.start'))
  await signIn(chromium.browser, panel)
  await page.bringToFront()
})
afterAll(async () => {
  await chromium?.close()
  await backend?.close()
  await site?.close()
})

/** The pictures' origin knows this browser from now on: only our own care keeps the cookie at home. */
const leaveCookie = async () => {
  for (const _ of ['set', 'send back']) await (await chromium.openPage(`${site.crossUrl}open.png`)).close()
  expect(site.asked.findLast(({ path }) => path === '/open.png')?.cookie).toBe('visitor=ada')
}

const slotStates = () =>
  panel.page.$$eval('.sources-slot', slots => slots.map(slot => (slot as HTMLElement).dataset.state))

const slotsBecome = (...states: string[]) =>
  panel.page.waitForFunction(
    wanted =>
      [...document.querySelectorAll<HTMLElement>('.sources-slot')].map(slot => slot.dataset.state).join() === wanted,
    {},
    states.join(),
  )

/** The tile of a picture, by its alt text. */
const tile = async (alt: string) => {
  const found = await panel.page.waitForSelector(`.sources-tile[aria-label^="${alt}"]`)
  if (!found) throw new Error(`There is no tile "${alt}".`)
  return found as ElementHandle<HTMLElement>
}

const pressTile = async (alt: string) => {
  const found = await tile(alt)
  await found.evaluate(element => element.scrollIntoView({ block: 'center', inline: 'center' }))
  await found.click()
}

const emptySlots = () => panel.clearSources()

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

const saved = async (name: string, bytes: Buffer) => {
  const path = join(backend.dataDir, name)
  await writeFile(path, bytes)
  return path
}

const chooseFile = async (name: string, bytes: Buffer) => {
  const chooser = panel.page.waitForFileChooser()
  await panel.press('button', t('sources.add.name'))
  await (await chooser).accept([await saved(name, bytes)])
}

afterEach(emptySlots)

describe('the strip', () => {
  test('lists, hovers and outlines without a single request [P6] [P8]', async () => {
    await tile('open.png')
    const before = site.asked.length
    for (const alt of ['open.png', 'photograph.jpg']) await (await tile(alt)).hover()
    await panel.page.keyboard.press('Tab')
    expect(site.asked.length).toBe(before)
    expect(await panel.page.$$('.sources-tile img')).toEqual([])
  })

  test('takes a picture, marks it, gives it back, and takes it again by undo', async () => {
    await pressTile('open.png')
    await slotsBecome('ready')
    expect(await (await tile('open.png')).evaluate(element => element.ariaPressed)).toBe('true')
    await pressTile('open.png')
    await slotsBecome()
    await panel.page.keyboard.down('Control')
    await panel.page.keyboard.press('z')
    await panel.page.keyboard.up('Control')
    await slotsBecome('ready')
    expect(await panel.page.$$('.sources-picture img')).toHaveLength(1)
  })

  test('reads from another site without its cookies and without Referer [P21]', async () => {
    const before = site.asked.length
    await pressTile('open.png')
    await slotsBecome('ready')
    const reading = site.asked.slice(before)
    expect(reading.filter(({ referer }) => referer === undefined)).toEqual([
      { path: '/open.png', cookie: undefined, referer: undefined },
    ])
    // The frame's own try, if it asked at all, went as the page itself asks.
    expect(reading.every(({ path }) => path === '/open.png')).toBe(true)
  })

  test('shows previews only when asked, again without cookies [P21]', async () => {
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
    await panel.reads(t('sources.strip.title', { count: 1 }))
    expect(await listed()).toEqual([expect.stringMatching(/^photograph\.jpg/)])
    await panel.page.reload()
    await panel.reads(t('sources.strip.title', { count: 1 }))
    await choose('0')
    await tile('open.png')
  })
})

describe('a picture that cannot be read [C105]', () => {
  test.each([
    ['referer.png', 'refused'],
    ['gone.png', 'gone'],
    ['gate.png', 'not_a_picture'],
    ['small.png', 'too_small'],
  ])('%s says that it is %s, and what to do', async (alt, reason) => {
    await pressTile(alt)
    await slotsBecome('failed')
    await panel.reads(t(`sources.failed.${reason}`))
    await panel.reads(t('studio.wait.picture'))
  })
})

describe('the doors', () => {
  test('picking in the page takes the picture that was clicked', async () => {
    await panel.press('button', t('sources.pick'))
    await panel.reads(t('sources.pick_hint'))
    await page.bringToFront()
    await page.click('img[alt="photograph.jpg"]')
    await slotsBecome('ready')
    expect(await panel.has('button', t('sources.pick'))).toBe(true)
  })

  test('Esc in the panel ends picking', async () => {
    await panel.press('button', t('sources.pick'))
    await panel.reads(t('sources.pick_hint'))
    await panel.page.keyboard.press('Escape')
    expect(await panel.find('button', t('sources.pick'))).toBeTruthy()
  })

  test('a right-click request waits in storage.session and is taken once [C104]', async () => {
    const worker = await chromium.worker()
    const src = `${site.crossUrl}open.png`
    const left = await worker.evaluate(async address => {
      const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true })
      const value = { id: crypto.randomUUID(), src: address, tabId: tab?.id, frameId: 0, windowId: tab?.windowId }
      await chrome.storage.session.set({ menuRequest: { version: 1, value } })
      return value
    }, src)
    expect(left.tabId).toBeDefined()
    await slotsBecome('ready')
    expect(await worker.evaluate(() => chrome.storage.session.get('menuRequest'))).toEqual({})
  })

  test('paste brings a picture anywhere, but text stays text', async () => {
    await paste('#studio-prompt', 'image/png', 'a\tb')
    expect(await slotStates()).toEqual([])
    await paste('body', 'image/png', null)
    await paste('#studio-prompt', 'image/png', null)
    await slotsBecome('ready', 'ready')
  })

  test('drop brings files', async () => {
    const session = await panel.page.createCDPSession()
    const data = {
      items: [],
      files: [await saved('one.png', await plainPicture()), await saved('two.png', await plainPicture())],
      dragOperationsMask: 1,
    }
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await session.send('Input.dispatchDragEvent', { type, x: 100, y: 200, data })
    await session.detach()
    await slotsBecome('ready', 'ready')
  })

  test('the file chooser opens from the empty place', async () => {
    await chooseFile('chosen.png', await plainPicture())
    await slotsBecome('ready')
  })
})

describe('every kind of picture', () => {
  test('a page can show becomes ready: SVG, GIF, AVIF, srcset, shadow root, other origin', async () => {
    const sample = await startSampleSite()
    const samplePage = await chromium.openPage(sample.url)
    try {
      const kinds = {
        '#drawing': 'A drawing',
        '#animated': 'Paper waves',
        '#cross': 'The sea at night',
        '#thumb': 'The same lake',
        '.moon': 'The moon',
        '#lazy': 'Dunes',
      }
      for (const [selector, alt] of Object.entries(kinds)) {
        await samplePage.$eval(selector, element => element.scrollIntoView({ block: 'center' }))
        await pressTile(alt)
      }
      await slotsBecome(...Array(6).fill('ready'))
    } finally {
      await samplePage.close()
      await page.bringToFront()
      await sample.close()
    }
  })

  test('a photograph taken on its side is turned upright', async () => {
    const lying = sharp({ create: { width: 80, height: 60, channels: 3, background: '#456' } })
    await chooseFile('sideways.jpg', await lying.withMetadata({ orientation: 6 }).jpeg().toBuffer())
    await slotsBecome('ready')
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
    await slotsBecome('ready')
    await panel.press('button', t('sources.slot', { name: 'moving.gif' }))
    await panel.reads(t('sources.details.animated'))
  })
})

describe('by keyboard alone', () => {
  test('a tile is taken with Enter, its slot moved and removed, and the focus is never lost [C100]', async () => {
    await (await tile('open.png')).focus()
    await panel.page.keyboard.press('Enter')
    await panel.page.keyboard.press('ArrowLeft')
    await panel.page.keyboard.press('Enter')
    await slotsBecome('ready', 'ready')
    const names = () => panel.page.$$eval('.sources-picture', slots => slots.map(slot => (slot as HTMLElement).title))
    expect(await names()).toEqual(['open.png', 'photograph.jpg'])
    await panel.page.focus('.sources-picture')
    await panel.page.keyboard.down('Alt')
    await panel.page.keyboard.press('ArrowRight')
    await panel.page.keyboard.up('Alt')
    expect(await names()).toEqual(['photograph.jpg', 'open.png'])
    await panel.page.focus('.sources-picture')
    await panel.page.keyboard.press('Delete')
    await slotsBecome('ready')
    expect(await panel.page.evaluate(() => document.activeElement?.getAttribute('title'))).toBe('open.png')
  })
})

describe('what leaves the computer', () => {
  test('is the picture without place, camera and words in its metadata [C43] [P8]', async () => {
    const uploaded = await watchUploads(panel.page)
    await pressTile('photograph.jpg')
    await slotsBecome('ready')
    await panel.page.click('.button-act')
    await panel.press('button', t('studio.tell.yes'))
    await panel.newPicture([])
    const { spec, pictures } = await uploaded()
    const [{ name, bytes } = { name: '', bytes: Buffer.alloc(0) }] = pictures
    const metadata = await sharp(bytes).metadata()
    expect(metadata).toMatchObject({ format: 'jpeg', width: 900, height: 600 })
    expect(metadata.exif).toBeUndefined()
    expect(bytes.includes(secretWords)).toBe(false)
    expect(spec + name).not.toMatch(/127\.0\.0\.1|localhost|photograph/)
  })
})

describe('pages where picking cannot work', () => {
  test('Chrome’s own pages say so, and paste still works [C94]', async () => {
    const chromePage = await chromium.openPage('chrome://version')
    await panel.reads(t('sources.strip.restricted'))
    await paste('body', 'image/png', null)
    await slotsBecome('ready')
    await chromePage.close()
    await page.bringToFront()
    await tile('open.png')
  })
})

describe('the draft', () => {
  test('survives closing the panel: words, pictures, roles and choices are back [C85]', async () => {
    await pressTile('open.png')
    await slotsBecome('ready')
    await panel.page.select('.sources-role select', 'palette')
    await panel.writePrompt('a quiet harbour')
    await panel.page.close()
    panel = panelHands(await chromium.openPanel(page), t)
    await slotsBecome('ready')
    await panel.page.waitForSelector('.sources-picture img')
    expect(await panel.page.$eval('#studio-prompt', field => (field as HTMLTextAreaElement).value)).toBe(
      'a quiet harbour',
    )
    expect(await panel.page.$eval('.sources-role select', select => (select as HTMLSelectElement).value)).toBe(
      'palette',
    )
  })

  test('holds no address of the page or of a picture [P18]', async () => {
    await pressTile('open.png')
    await slotsBecome('ready')
    await panel.writePrompt('kept')
    await panel.page.waitForFunction(async () =>
      JSON.stringify(await chrome.storage.local.get(null)).includes('"kept"'),
    )
    const stored = await panel.page.evaluate(async () => JSON.stringify(await chrome.storage.local.get(null)))
    expect(stored).not.toContain('127.0.0.1')
    expect(stored).not.toContain(new URL(site.url).host)
  })
})
