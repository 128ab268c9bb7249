import type { Page } from 'puppeteer'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { developmentExtensionId } from '../../bff/config/config.ts'
import { extensionBase, launchBrowser, type TestBrowser } from './fixtures/browser.ts'
import { type PickingSite, startPickingSite } from './fixtures/sites/picking.ts'
import { texts } from './fixtures/texts.ts'
import { type PanelPage, panelPage } from './pages/panel-page.ts'

const t = texts('en')
let site: PickingSite
let chromium: TestBrowser
let page: Page
let panel: PanelPage
const errors: string[] = []

const img = (name: string) => `<img src="${site.picture(name)}" alt="${name}" width="200" height="150">`

// The page is there first, the extension comes later, as on the day it is installed.
beforeAll(async () => {
  site = await startPickingSite()
  chromium = await launchBrowser()
  await chromium.browser.uninstallExtension(developmentExtensionId)
  page = await chromium.openPage(await site.page('/', img('one') + img('two')))
  await chromium.browser.installExtension(chromium.extension)
  const own = await chromium.openPage(`${extensionBase}/manifest.json`)
  await own.evaluate(async () => void (await navigator.serviceWorker.ready))
  await own.close()
  panel = panelPage(await chromium.openPanel(page), t)
  panel.page.on('pageerror', error => errors.push(String(error)))
})
afterAll(async () => {
  await chromium?.close()
  await site?.close()
})

const lists = (count: number) => panel.listsPictures(count)

test('[C95] a page opened before the install: a sentence, and a button that helps', async () => {
  await panel.reads(t('sources.strip.reload'))
  await panel.press('button', t('sources.strip.reload_now'))
  await lists(2)
})

test('the panel follows the page to another one, and back again', async () => {
  await page.goto(await site.page('/next', img('three')))
  await lists(1)
  await page.goBack()
  await lists(2)
  await page.evaluate(() => history.pushState({}, '', '/later'))
  await page.$eval('img', image => image.remove())
  await lists(1)
})

test('a frame that is added while the panel is open is picked from as well', async () => {
  await site.page('/inner', img('in-frame'))
  await page.goto(await site.page('/', img('one')))
  await lists(1)
  await page.evaluate(() => document.body.append(Object.assign(document.createElement('iframe'), { src: '/inner' })))
  await lists(2)
  await page.$eval('iframe', frame => frame.remove())
  await lists(1)
})

test('pages where no extension works have their own sentence', async () => {
  for (const address of ['chrome://version', 'about:blank', 'chrome://version']) {
    await page.goto(await site.page('/', img('one')))
    await lists(1)
    await page.goto(address)
    await panel.reads(t('sources.strip.restricted'))
  }
  await page.goto(`${site.url}/`)
  await lists(1)
  expect(errors).toEqual([])
})
