import type { Page } from 'puppeteer'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openSession, type Session } from './fixtures/session.ts'
import { type GuardedSite, startGuardedSite } from './fixtures/sites/guarded.ts'
import { texts } from './fixtures/texts.ts'
import type { PanelPage } from './pages/panel-page.ts'
import { pickInPage, pointAt } from './pages/picker-overlay.ts'
import { type CaptureWatch, watchCapture } from './probes/captures.ts'
import { keptOriginal } from './probes/kept-original.ts'

const t = texts('en')

const pixelsOf = async (picture: Buffer) => {
  const { data, info } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height }
}

/** How many pixels are of the loud colours that stand around the picture. */
const loudPixels = ({ data }: { data: Buffer }) => {
  let count = 0
  for (let i = 0; i < data.length; i += 3) {
    const [red = 0, green = 0, blue = 0] = data.subarray(i, i + 3)
    // #aa5533 is the picture; between it and magenta or green lies what smoothing would have mixed.
    if (Math.abs(red - 0xaa) + Math.abs(green - 0x55) + Math.abs(blue - 0x33) > 12) count += 1
  }
  return count
}

describe.each([1, 2])('on a display of density %i', density => {
  let session: Session<GuardedSite>
  let site: GuardedSite
  let page: Page
  let panel: PanelPage
  let watch: CaptureWatch

  beforeAll(async () => {
    session = await openSession({ site: startGuardedSite, address: ({ framedUrl }) => framedUrl, density })
    ;({ site, page, panel } = session)
  })
  afterAll(() => session?.close())
  beforeEach(async () => {
    watch = await watchCapture(panel.page)
  })
  afterEach(async () => {
    await panel.clearSources()
    await page.evaluate(() => scrollTo(0, 0))
  })

  /** Picks a picture of the page that cannot be read. */
  const pick = async (alt: string) => {
    await panel.takeFromStrip(alt)
    await panel.page.waitForSelector('.sources-slot[data-state=failed]')
    await panel.reads(t('sources.failed.refused'))
  }

  const take = () => panel.press('button', t('sources.on_screen.use'))

  /** The picture that became the source. */
  const stored = async () => {
    await panel.sourcesReady(1)
    return pixelsOf(await keptOriginal(panel.page))
  }

  test('is taken by nothing but that press', async () => {
    await panel.press('button', t('sources.strip.previews_show'))
    await panel.press('button', t('sources.strip.previews_hide'))
    await panel.press('button', t('sources.pick'))
    await pickInPage(page, 'img')
    await panel.reads(t('sources.failed.refused'))
    await panel.find('button', t('sources.on_screen.use'))
    await panel.clearSources()
    await page.goto(site.url)
    await panel.takeFromStrip('open.png')
    await panel.sourcesReady(1)
    await panel.press('button', t('sources.slot', { name: 'open.png' }))
    await panel.press('button', t('sources.edit'))
    await panel.page.waitForSelector('.edit canvas')
    await panel.press('radio', t('sources.edit.tool.area'))
    await panel.press('button', t('sources.edit.blur_area'))
    await panel.press('button', t('sources.edit.done'))
    const known = await panel.pictures()
    await panel.generate()
    await panel.newPicture(known)
    expect(await watch.captures()).toBe(0)
    await page.goto(site.framedUrl)
  })

  test('is exactly the picture, shown before it is used; nothing of the window beyond it is kept or sent', async () => {
    await pick('referer.png')
    expect(await watch.captures()).toBe(0)
    await take()
    await panel.reads(t('sources.on_screen.ask'))
    expect(await panel.text()).not.toContain(t('sources.on_screen.partly'))
    expect(await watch.captures()).toBe(1)
    await panel.press('button', t('sources.on_screen.yes'))
    const source = await stored()
    expect([source.width, source.height]).toEqual([240 * density, 180 * density])
    expect(loudPixels(source)).toBe(0)

    const pictures = await watch.pictures()
    expect(pictures.length).toBeGreaterThan(0)
    for (const picture of pictures) expect(loudPixels(await pixelsOf(picture))).toBe(0)
    expect(await watch.longWords()).toEqual([])
    expect(await panel.page.evaluate(() => document.activeElement?.className)).toBe('sources-picture')
  })

  test('holds no outline of ours either, also while picking', async () => {
    await pick('referer.png')
    await panel.press('button', t('sources.pick'))
    await pointAt(page, 'img')
    await take()
    await panel.reads(t('sources.on_screen.ask'))
    await panel.press('button', t('sources.on_screen.yes'))
    expect(loudPixels(await stored())).toBe(0)
  })

  test('is only the part that can be seen, and says so; no is no', async () => {
    await pick('referer.png')
    await page.evaluate(() => {
      const { top } = document.querySelector('img')?.getBoundingClientRect() ?? { top: 0 }
      scrollTo(0, top + 60)
    })
    await take()
    await panel.reads(t('sources.on_screen.partly'))
    await panel.press('button', t('sources.on_screen.no'))
    expect(await panel.slotStates()).toEqual(['failed'])
    await take()
    await panel.press('button', t('sources.on_screen.yes'))
    const source = await stored()
    expect([source.width, source.height]).toEqual([240 * density, 120 * density])
    expect(loudPixels(source)).toBe(0)
  })

  test('is not taken while the picture is out of sight', async () => {
    await pick('referer.png')
    await page.evaluate(() => scrollTo(0, 1500))
    await take()
    await panel.reads(t('sources.on_screen.out_of_sight'))
    expect(await watch.captures()).toBe(0)
  })

  test('reaches not beyond the picture in a page that is zoomed', async () => {
    const worker = await session.chromium.worker()
    const zoom = (factor: number) =>
      worker.evaluate(async to => {
        const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true })
        await chrome.tabs.setZoom(tab?.id ?? 0, to)
      }, factor)
    await page.bringToFront()
    for (const factor of [1.5, 0.9]) {
      await zoom(factor)
      await pick('referer.png')
      await take()
      await panel.press('button', t('sources.on_screen.yes'))
      const source = await stored()
      expect(Math.abs(source.width - 240 * density * factor)).toBeLessThan(6)
      expect(loudPixels(source)).toBe(0)
      await panel.clearSources()
    }
    await zoom(0)
  })

  test('is not offered for a picture in an iframe, nor for one that can be read', async () => {
    await pick('second.png')
    await panel.takeFromStrip('referer.png')
    await panel.find('button', t('sources.on_screen.use'))
    expect(await panel.page.$$eval('.sources-note .note-actions', offers => offers.length)).toBe(1)
  })

  test('without the grant names the one click that it needs, and works after it', async () => {
    // The grant ends where the page leaves its site.
    await page.goto(site.crossUrl.replace('127.0.0.1', 'localhost'))
    await page.goto(site.framedUrl.replace('localhost', '127.0.0.1'))
    await pick('referer.png')
    await take()
    await panel.reads(t('sources.on_screen.no_grant'))
    const own = [...(await session.chromium.browser.extensions()).values()][0]
    if (!own) throw new Error('The extension is not loaded.')
    await page.triggerExtensionAction(own)
    await take()
    await panel.press('button', t('sources.on_screen.yes'))
    expect(loudPixels(await stored())).toBe(0)
    await page.goto(site.framedUrl)
  })
})
