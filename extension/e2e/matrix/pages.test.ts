import type { Page } from 'puppeteer'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { pagePictureLimits } from '../../picking/protocol.ts'
import { launchBrowser, type TestBrowser } from '../fixtures/browser.ts'
import { texts } from '../fixtures/texts.ts'
import { holdTimeLimits, type TimeLimits } from '../fixtures/time-limits.ts'
import { type PanelPage, panelPage } from '../pages/panel-page.ts'
import { colourAt } from '../pages/picker-overlay.ts'
import { frame, img } from './rows.ts'
import { type MatrixSite, startMatrixSite } from './site.ts'

const t = texts('en')
let site: MatrixSite
let chromium: TestBrowser
let page: Page
let panel: PanelPage

beforeAll(async () => {
  site = await startMatrixSite()
  site.page('/', img('a picture', 'src="/plain/picture.png"'))
  chromium = await launchBrowser()
  page = await chromium.openPage(`${site.here}/`)
  panel = panelPage(await chromium.openPanel(page), t)
  await panel.press('button', t('panel.welcome.start'))
})
afterEach(() => panel.clearSources())
afterAll(async () => {
  await chromium?.close()
  await site?.close()
})

const lists = (count: number) => panel.listsPictures(count)

async function show(path: string, body: string, count: number) {
  site.page(path, body)
  site.asked.length = 0
  await page.goto(site.here + path)
  await lists(count)
}

/** The strip keeps its tiles where they are while the pointer is in it. */
const leaveStrip = () => panel.page.mouse.move(1, 1)

describe('the page is left while its picture is read', () => {
  let limits: TimeLimits

  // Nothing but the page's going ends what is waited for.
  beforeAll(async () => {
    limits = await holdTimeLimits(panel.page)
  })
  afterAll(() => limits.release())

  const readings = () => site.asked.filter(({ headers }) => headers['sec-fetch-dest'] === 'empty')
  const asked = () => expect.poll(() => readings().length).toBe(1)
  /** The panel tries on its own for three seconds, and nobody keeps one of the site's few connections. */
  async function endsSoon() {
    await expect
      .poll(() => readings().map(({ headers }) => (headers.referer ? 'frame' : 'panel')))
      .toEqual(['frame', 'panel'])
    await limits.pass(3_000)
    await panel.slotsBecome('failed')
    await panel.reads(t('sources.failed.page_left'))
    await expect.poll(() => readings().filter(({ cut }) => !cut)).toEqual([])
  }

  test.each([
    ['for-another', () => page.goto(`${site.here}/`)],
    ['for-chrome', () => page.goto('chrome://version')],
    ['by-reloading', () => page.reload()],
  ])('%s: it ends soon, and the sentence says why', async (name, leave) => {
    // One address for all would be waited for in Chrome's cache.
    await show('/left', img('silent', `src="/never/${name}.png"`), 1)
    await panel.takeFromStrip('silent')
    await asked()
    await leave()
    await endsSoon()
  })

  test('its frame is taken out of the page: the same', async () => {
    await show('/framed', frame('{there}', img('silent', 'src="/never/framed.png"')), 1)
    await panel.takeFromStrip('silent')
    await asked()
    await page.$eval('iframe', element => element.remove())
    await endsSoon()
  })

  test('what the panel can have without the page still comes', async () => {
    await show('/hushed', img('hushed', 'src="/hushed/still.png"'), 1)
    await panel.takeFromStrip('hushed')
    await asked()
    await page.goto(`${site.here}/`)
    await panel.slotsBecome('ready')
  })
})

test('a PDF has a sentence of its own, and the next page has none of it', async () => {
  await page.goto(`${site.here}/paper/paper.pdf`)
  await panel.reads(t('sources.strip.pdf'))
  await page.goto(`${site.here}/`)
  await lists(1)
  expect(await panel.text()).not.toContain(t('sources.strip.pdf'))
})

describe('a page of as many pictures as a frame may tell', () => {
  const { count } = pagePictureLimits
  const cut = t('sources.strip.cut_off', { limit: count })
  const pile = (many: number) =>
    Array.from({ length: many }, (_, index) => {
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><text y="30">${index}</text></svg>`
      return `<img style="position:absolute;inset:0" alt="n${index}" src="data:image/svg+xml,${encodeURIComponent(svg)}">`
    }).join('')

  test('is not said to be cut; with one more it is', async () => {
    await show('/full', pile(count), count)
    expect(await panel.text()).not.toContain(cut)
    await show('/over', pile(count + 1), count)
    await panel.reads(cut)
  })
})

test('a small copy picked in the page marks the tile that stands for all its sizes', async () => {
  await show(
    '/copies',
    `<img alt="large" width="300" height="200" src="/plain/boat-1200x800.png">
     <img alt="small" width="150" height="100" src="/plain/boat-300x200.png">
     <img alt="again" width="150" height="100" src="/plain/boat-300x200.png">
     <img alt="other" width="150" height="100" src="/plain/house-300x200.png">`,
    2,
  )
  const pressed = () =>
    panel.page.$$eval('.sources-tile', tiles =>
      tiles.filter(tile => tile.ariaPressed === 'true').map(tile => tile.ariaLabel?.split(',')[0]),
    )
  for (const alt of ['small', 'again', 'large']) {
    await panel.press('button', t('sources.pick'))
    await panel.reads(t('sources.pick_hint'))
    await page.bringToFront()
    await page.click(`[alt="${alt}"]`)
    await panel.sourcesReady(1)
    expect(await pressed()).toEqual(['large'])
    await panel.pressTile('large')
    await panel.page.waitForFunction(() => document.querySelectorAll('.sources-slot').length === 0)
    expect(await pressed()).toEqual([])
  }
})

test('what the page says of sizes is said as that; once a picture is read, its own size is', async () => {
  await show(
    '/sizes',
    `<img alt="boasting" width="90" height="60" sizes="90px" srcset="/plain/boast-90x60.png 90w, /plain/boast-1200x800.png 2400w">`,
    1,
  )
  const label = () => panel.page.$eval('.sources-tile', tile => tile.ariaLabel)
  const [shown, offered] = ['90 × 60', '2400 × 1600']
  await expect.poll(label).toBe(`boasting, ${t('sources.strip.size_offered', { shown, offered })}, PNG`)
  await panel.takeFromStrip('boasting')
  await panel.sourcesReady(1)
  await expect.poll(label).toBe('boasting, 1200 × 800, PNG')
  await panel.press('button', t('sources.slot', { name: 'boasting' }))
  await panel.reads('1200 × 800')
})

describe.each(['{here}', '{there}'] as const)('a tall frame of %s in a page that is scrolled', origin => {
  const inside = `${img('top', 'src="/plain/top.png"')}<p style="height:1500px"></p>${img('bottom', 'src="/plain/bottom.png"')}`
  const tall = () =>
    frame(origin, inside).replace('width="150" height="110"', 'style="width:400px;height:1800px;border:0"')
  const tiles = () => panel.page.$$eval('.sources-tile', all => all.map(tile => tile.ariaLabel?.split(',')[0]))

  test('lists what is in sight, and the outline stands on it', async () => {
    await leaveStrip()
    await show('/tall', `<p style="height:300px"></p>${tall()}<p style="height:2000px"></p>`, 1)
    expect(await tiles()).toEqual(['top'])
    await page.evaluate(() => scrollTo(0, 1500))
    await expect.poll(tiles).toEqual(['bottom'])
    await panel.page.hover('.sources-tile')
    const inner = page.frames().find(each => each.url().includes('/frame'))
    const bottom = await inner?.waitForSelector('[alt=bottom]')
    const overTheLine = async () => {
      const box = await bottom?.boundingBox()
      // A screenshot counts from the page's beginning.
      const scrolled = await page.evaluate(() => scrollY)
      return box ? colourAt(page, box.x + box.width / 2, box.y + scrolled - 2) : []
    }
    await expect.poll(overTheLine).toEqual([201, 58, 34])
    await page.evaluate(() => scrollBy(0, 40))
    await expect.poll(overTheLine).toEqual([201, 58, 34])
    await page.evaluate(() => scrollTo(0, 0))
    await leaveStrip()
    await expect.poll(tiles).toEqual(['top'])
  })
})
