import type { Page } from 'puppeteer'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { launchBrowser, type TestBrowser } from '../fixtures/browser.ts'
import { contentScriptWorld, listenersInPage } from '../probes/content-script.ts'
import { heapAfterGc } from '../probes/heap.ts'
import { openPagePort } from '../probes/page-port.ts'
import { img } from './rows.ts'
import { type MatrixSite, startMatrixSite } from './site.ts'

let site: MatrixSite
let chromium: TestBrowser
let page: Page

beforeAll(async () => {
  site = await startMatrixSite()
  const pictures = Array.from({ length: 20 }, (_, n) => img(`n${n}`, `src="/plain/n${n}.png"`)).join('')
  for (const path of ['/one', '/other']) site.page(path, pictures)
  chromium = await launchBrowser()
})
afterEach(() => page.close())
afterAll(async () => {
  await chromium?.close()
  await site?.close()
})

const visit = async (times: number) => {
  for (let n = 0; n < times; n++) await page.goto(`${site.here}/${n % 2 ? 'other' : 'one'}`)
}

test('a page without a panel has one listener of ours, for the port, and none in the page', async () => {
  page = await chromium.openPage(`${site.here}/one`)
  expect(await listenersInPage(page)).toEqual([])
  const heard = await contentScriptWorld(page).evaluate(() =>
    Object.entries(chrome.runtime)
      .filter(([, event]) => (event as { hasListeners?(): boolean })?.hasListeners?.())
      .map(([name]) => name),
  )
  expect(heard).toEqual(['onConnect'])
})

test('100 navigations leave nothing behind', async () => {
  page = await chromium.openPage(`${site.here}/one`)
  await visit(20)
  const before = await heapAfterGc(page)
  await visit(100)
  const after = await heapAfterGc(page)
  expect(after.documents).toBeLessThanOrEqual(before.documents)
  expect(after.nodes).toBeLessThanOrEqual(before.nodes)
  expect(after.listeners).toBeLessThanOrEqual(before.listeners)
  // Chrome's own bookkeeping moves a little; a hundred copies of the script alone would be a megabyte.
  expect(after.used - before.used).toBeLessThan(256 * 1024)
})

test('a panel that opens and closes 100 times leaves nothing behind in the page', async () => {
  page = await chromium.openPage(`${site.here}/one`)
  const worker = await chromium.worker()
  const openAndClose = async () => {
    const port = await openPagePort(worker, page)
    const { frame, id } = await port.named('n3')
    await port.post({ type: 'pick-start' })
    await port.post({ type: 'show', frame, id, block: 'nearest' })
    await port.post({ type: 'place', frame, id })
    await port.hears('where it is', said => said.find(({ type }) => type === 'place'))
    await port.close()
  }
  for (let n = 0; n < 10; n++) await openAndClose()
  await expect.poll(() => listenersInPage(page)).toEqual([])
  const before = await heapAfterGc(page)
  for (let n = 0; n < 100; n++) await openAndClose()
  await expect.poll(() => listenersInPage(page)).toEqual([])
  const after = await heapAfterGc(page)
  expect(after.nodes).toBeLessThanOrEqual(before.nodes)
  expect(after.listeners).toBeLessThanOrEqual(before.listeners)
  expect(after.used - before.used).toBeLessThan(256 * 1024)
})
