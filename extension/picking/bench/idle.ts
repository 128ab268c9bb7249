import type { Page } from 'puppeteer'
import type { Metric } from '../../../scripts/metric.ts'
import { contentScriptWorld, listenersInPage } from '../../e2e/probes/content-script.ts'
import { heapAfterGc } from '../../e2e/probes/heap.ts'

const navigations = 100

/** What a page without a panel pays: listeners that wait in it, and what is left behind when it goes. */
export async function idleMetrics(page: Page, url: string): Promise<Metric[]> {
  const visit = async (times: number) => {
    for (let n = 0; n < times; n++) await page.goto(`${url}${n}`)
  }
  await visit(navigations / 5)
  const listeners = await listenersOf(page)
  const before = (await heapAfterGc(page)).used
  await visit(navigations)
  const after = (await heapAfterGc(page)).used
  return [
    {
      name: 'listeners in a page without a panel',
      value: listeners,
      unit: '',
      against: 'one, for the port',
      ratio: listeners,
      goal: 'exactly 1',
    },
    {
      name: `heap of a page, ${navigations} navigations later`,
      value: (after - before) / 1024,
      unit: 'KB more',
      against: 'the heap before them',
      ratio: after / before,
      goal: 'at most 1.05',
    },
  ]
}

/** Of the script's own world: events of the extension, and of the window and the document. */
async function listenersOf(page: Page): Promise<number> {
  const events = await contentScriptWorld(page).evaluate(
    () =>
      Object.values(chrome.runtime).filter(event => (event as { hasListeners?(): boolean })?.hasListeners?.()).length,
  )
  return events + (await listenersInPage(page)).length
}
