import { join } from 'node:path'
import type { Page } from 'puppeteer'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { TestBackend } from './fixtures/backend.ts'
import type { TestBrowser } from './fixtures/browser.ts'
import { openSession, type Session } from './fixtures/session.ts'
import { type SampleSite, sampleNames, startSampleSite } from './fixtures/sites/sample.ts'
import { texts } from './fixtures/texts.ts'
import { type PanelPage, panelPage } from './pages/panel-page.ts'
import { pickInPage } from './pages/picker-overlay.ts'
import { waitUntil } from './pages/wait.ts'
import { difference, resultBytes } from './probes/pixels.ts'

const t = texts('en')
const { lake, textile } = sampleNames
let session: Session<SampleSite>
let site: typeof session.site
let backend: TestBackend
let chromium: TestBrowser
let page: Page
let panel: PanelPage

beforeAll(async () => {
  session = await openSession({ site: startSampleSite })
  ;({ site, backend, chromium, page, panel } = session)
})
afterAll(() => session?.close())

/** One picture from the page, made with these words and this seed at the smallest size; answers its bytes. */
async function make(words: string, { seed = 1, style = false } = {}): Promise<Buffer> {
  await panel.clearSources()
  await panel.takeFromStrip(lake)
  if (style) await panel.takeFromStrip(textile)
  await panel.sourcesReady(style ? 2 : 1)
  await panel.writePrompt(words)
  await panel.press('radio', '512')
  await fixSeed(seed)
  const known = await panel.pictures()
  await panel.generate()
  return resultBytes(panel.page, backend.origin, await panel.newPicture(known))
}

async function fixSeed(seed: number): Promise<void> {
  await panel.page.$eval('.studio-more', details => details.setAttribute('open', ''))
  await panel.press('radio', t('studio.seed.fixed'))
  const field = await panel.find('textbox', t('studio.seed.value'))
  await field.click({ count: 3 })
  await field.type(String(seed))
}

test('[P13] a click on the toolbar icon opens the panel, and signing in happens by itself', async () => {
  expect(await panel.balance()).toBe(50)
  const tabs = await chromium.browser.pages()
  expect(tabs.filter(tab => tab.url().startsWith(backend.origin))).toHaveLength(0)
})

describe('from a picture on the page to a new picture', () => {
  test('picked by a click in the page, priced on the button, charged exactly that', async () => {
    await panel.press('button', t('sources.pick'))
    await pickInPage(page, '#hero')
    await panel.sourcesReady(1)
    expect(page.url()).toBe(site.url)
    await panel.writePrompt('ink')
    await panel.press('radio', '2K')
    expect(await panel.text()).toContain(t('studio.go.credits', { count: 2 }))

    const known = await panel.pictures()
    backend.hold()
    await panel.generate()
    const card = await panel.page.waitForSelector('[data-job]')
    const ratio = await card?.$eval('.results-frame', frame => (frame as HTMLElement).style.aspectRatio)
    backend.release()
    const id = await panel.newPicture(known)
    await panel.balanceBecomes(48)

    const bytes = await resultBytes(panel.page, backend.origin, id)
    const { width, height } = await sharp(bytes).metadata()
    expect(ratio).toBe(`${width} / ${height}`)
    expect(Math.max(width, height)).toBe(2048)
    expect(await difference(bytes, await readHero())).toBeGreaterThan(12)
  })

  test('words, a style picture and the seed each change the pixels; the same again gives the same', async () => {
    const paint = await make('watercolour')
    const again = await make('watercolour')
    expect(again.equals(paint)).toBe(true)
    expect(await difference(paint, await make('noir'))).toBeGreaterThan(8)
    expect(await difference(paint, await make('watercolour', { style: true }))).toBeGreaterThan(8)
    expect((await make('watercolour', { seed: 2 })).equals(paint)).toBe(false)
  })
})

async function readHero(): Promise<Buffer> {
  const answer = await fetch(new URL('pictures/lake.jpg', site.url))
  return Buffer.from(await answer.arrayBuffer())
}

describe('nothing is lost, nothing is paid twice', () => {
  let before: number
  let known: string[]
  beforeEach(async () => {
    await panel.clearSources()
    await page.bringToFront()
    await panel.takeFromStrip(lake)
    await panel.sourcesReady(1)
    await panel.press('radio', '512')
    before = await panel.balance()
    known = await panel.pictures()
  })

  test('[C85] panel closed in the middle of a job and opened again: same job, then its result; the draft is back', async () => {
    await panel.writePrompt('a quiet watercolour')
    backend.hold()
    await panel.generate()
    const job = await panel.page.waitForSelector('[data-job]')
    const id = await job?.evaluate(card => (card as HTMLElement).dataset.job)
    await panel.page.close()

    panel = await session.reopenPanel()
    await panel.page.waitForSelector(`[data-job="${id}"]`)
    await panel.sourcesReady(1)
    await panel.promptBecomes('a quiet watercolour')
    backend.release()
    await panel.newPicture(known)
    await panel.balanceBecomes(before - 1)
  })

  test('[C83] the service worker is killed in the middle of a job: the panel shows the result, one charge', async () => {
    backend.hold()
    await panel.generate()
    await panel.page.waitForSelector('[data-job]')
    await (await chromium.worker()).close()
    backend.release()
    await panel.newPicture(known)
    await panel.balanceBecomes(before - 1)
  })

  test('[C87a] [C87b] a double click with Ctrl+Enter on top is one job and one charge', async () => {
    const calls = backend.calls()
    backend.hold()
    await panel.pressGenerate({ count: 2 })
    await panel.keys('Control', 'Enter')
    await panel.page.waitForSelector('[data-job]')
    backend.release()
    await panel.newPicture(known)
    expect(backend.calls() - calls).toBe(1)
    await panel.balanceBecomes(before - 1)
  })

  test('[C86] two windows, two panels: a job of one appears in the other, and both show one balance', async () => {
    const otherPage = await chromium.openWindow(site.url)
    const other = panelPage(await chromium.openPanel(otherPage), t)
    expect(await other.balance()).toBe(before)
    expect(await other.page.$$('.sources-slot')).toHaveLength(0)

    await panel.generate()
    await other.newPicture(known)
    await other.balanceBecomes(before - 1)
    await panel.balanceBecomes(before - 1)
    await otherPage.close()
    await page.bringToFront()
  })

  test('stopping a job gives the credits back and says so', async () => {
    backend.hold()
    await panel.generate()
    await panel.page.locator('[data-job] button').click()
    await panel.reads(t('problems.cancelled'))
    await panel.balanceBecomes(before)
    backend.release()
  })

  test('[C89a] backend down at Generate: said in place, the draft stays, the same press goes through later', async () => {
    await panel.writePrompt('poster')
    await backend.down()
    await panel.generate()
    await panel.reads(t('problems.unreachable'))
    expect(await panel.prompt()).toBe('poster')
    await backend.restart()
    await panel.press('button', t('studio.retry'))
    await panel.newPicture(known)
    await panel.balanceBecomes(before - 1)
  })
})

describe('the history', () => {
  const picturesBecome = (count: number) =>
    waitUntil(panel.page, `${count} pictures`, n => document.querySelectorAll('[data-picture]').length === n, count)

  test('opens large, favourites, deletes and takes it back', async () => {
    await panel.press('button', t('panel.screen.history'))
    const first = await panel.newPicture([])
    const count = (await panel.pictures()).length
    await panel.page.locator(`[data-picture="${first}"] .results-open`).click()
    await panel.page.waitForSelector('[role=dialog].results-large')
    await panel.page.keyboard.press('f')
    await panel.page.waitForSelector('.results-large [aria-pressed=true]')
    await panel.page.keyboard.press('Escape')
    await panel.press('radio', t('results.show_favourites'))
    await picturesBecome(1)
    await panel.press('radio', t('results.show_all'))
    await picturesBecome(count)

    await panel.page.focus(`[data-picture="${first}"] .results-open`)
    await panel.page.keyboard.press('Delete')
    await panel.reads(t('results.deleted'))
    await picturesBecome(count - 1)
    // The keys take back the newest change; a message about an earlier one may still stand, with a button of the same name.
    await panel.keys('Control', 'z')
    await panel.page.waitForSelector(`[data-picture="${first}"]`)
  })

  test('downloads the untouched bytes under a sensible name', async () => {
    const debug = await panel.page.createCDPSession()
    const named = new Promise<string>(resolve =>
      debug.on('Browser.downloadWillBegin', event => resolve(event.suggestedFilename)),
    )
    await debug.send('Browser.setDownloadBehavior', {
      behavior: 'allow',
      downloadPath: join(backend.dataDir, 'downloads'),
      eventsEnabled: true,
    })
    const [first] = await panel.pictures()
    await panel.page.focus(`[data-picture="${first}"] .results-open`)
    await panel.page.keyboard.press('d')
    expect(await named).toMatch(/^mimicit-.*\d{8}-\d{4}.*\.png$/)
    await panel.press('button', t('panel.screen.make'))
  })
})
