import type { ElementHandle, Page } from 'puppeteer'
import { expect } from 'vitest'
import { en } from '../../../bff/web/locales/en.ts'
import { texts } from '../fixtures/texts.ts'
import { panelPage } from '../pages/panel-page.ts'
import { webPageAfter } from '../pages/web-page.ts'
import { difference, resultBytes } from '../probes/pixels.ts'
import { describe, test } from './test.ts'

const t = texts('en')

describe('one job with nothing but mouse and keyboard', () => {
  test('from the right-click through signing in to the result', async ({ session }) => {
    const { backend, chromium, page, user, site } = session
    const hero = await session.picture('#hero')
    const panel = panelPage(await chromium.panelAfter(() => user.generateFrom(page, hero)), t)
    const press = (css: string) => inPage(panel.page, css, found => user.click(panel.page, found))
    await panel.sourcesReady(1)

    const { page: tab } = await webPageAfter(chromium.browser, () => press('.sign-in button'))
    const web = panelPage(tab, t)
    await inPage(tab, 'input[name=name]', field => user.fill(tab, field, 'Ada'))
    await inPage(tab, 'input[name=email]', field => user.fill(tab, field, 'ada@example.test'))
    await user.click(tab, await web.find('button', en['embedded.create']))
    await inPage(tab, 'input[value=adult]', answer => user.click(tab, answer))
    await inPage(tab, 'input[name=makers]', answer => user.click(tab, answer))
    await user.click(tab, await web.find('button', en['welcome.go']))
    await user.click(tab, await web.find('button', en['connect.yes']))
    const credits = await panel.balance()

    await inPage(panel.page, 'textarea', field => user.fill(panel.page, field, 'watercolour'))
    await user.click(panel.page, await panel.find('radio', '512'))
    await press('.studio-go button[aria-disabled=false]')
    await user.click(panel.page, await panel.find('button', t('studio.disclosure.yes')))
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
