import type { ElementHandle, Page } from 'puppeteer'
import { expect } from 'vitest'
import { en } from '../../../bff/web/locales/en.ts'
import { panelHands } from '../harness/panel.ts'
import { difference, resultBytes } from '../harness/pixels.ts'
import { texts } from '../harness/texts.ts'
import { describe, test } from './test.ts'

const t = texts('en')

describe('one job with nothing but mouse and keyboard', () => {
  test('[P13] from the right-click through signing in to the result', async ({ desk }) => {
    const { backend, chromium, page, person, site } = desk
    const hero = await desk.picture('#hero')
    const panel = panelHands(await chromium.panelAfter(() => person.generateFrom(page, hero)), t)
    const press = (css: string) => inPage(panel.page, css, found => person.click(panel.page, found))
    await panel.sourcesReady(1)

    const known = new Set(chromium.browser.targets())
    await press('.sign-in button')
    const target = await chromium.browser.waitForTarget(
      one => one.type() === 'page' && !known.has(one) && one.url().startsWith(backend.origin),
    )
    const tab = await target.asPage()
    const web = panelHands(tab, t)
    await inPage(tab, 'input[name=name]', field => person.fill(tab, field, 'Ada'))
    await inPage(tab, 'input[name=email]', field => person.fill(tab, field, 'ada@example.test'))
    await person.click(tab, await web.find('button', en['embedded.create']))
    await inPage(tab, 'input[value=adult]', answer => person.click(tab, answer))
    await inPage(tab, 'input[name=makers]', answer => person.click(tab, answer))
    await person.click(tab, await web.find('button', en['welcome.go']))
    await person.click(tab, await web.find('button', en['connect.yes']))
    const credits = await panel.balance()

    await inPage(panel.page, 'textarea', field => person.fill(panel.page, field, 'watercolour'))
    await person.click(panel.page, await panel.find('radio', '512'))
    await press('.studio-go button[aria-disabled=false]')
    await person.click(panel.page, await panel.find('button', t('studio.tell.yes')))
    const id = await panel.newPicture([])
    await panel.page.waitForFunction(
      css => document.querySelector<HTMLImageElement>(css)?.naturalWidth,
      {},
      `[data-picture="${id}"] img`,
    )

    const made = await resultBytes(panel.page, backend.origin, id)
    expect(await panel.balance()).toBe(credits - 1)
    const source = await fetch(`${site.url}pictures/lake.jpg`)
    expect(await difference(made, Buffer.from(await source.arrayBuffer()))).toBeGreaterThan(5)
  })
})

async function inPage(page: Page, css: string, act: (found: ElementHandle) => Promise<void>): Promise<void> {
  const found = await page.waitForSelector(css)
  if (!found) throw new Error(`There is no ${css}.`)
  await act(found)
}
