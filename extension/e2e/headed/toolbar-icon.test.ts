import { expect } from 'vitest'
import { extensionBase } from '../fixtures/browser.ts'
import { texts } from '../fixtures/texts.ts'
import { type PanelPage, panelPage } from '../pages/panel-page.ts'
import { until } from '../pages/wait.ts'
import { frontAddress } from './seen-by-panel.ts'
import { describe, test } from './test.ts'

const t = texts('en')

describe('the icon in the toolbar', () => {
  let panel: PanelPage

  test('[C103a] opens the panel and grants the tab', async ({ session }) => {
    expect(await frontAddress(await session.chromium.worker())).toBeUndefined()
    panel = panelPage(await session.chromium.panelAfter(() => session.user.clickIcon(session.page)), t)
    await panel.reads(t('sources.title'))
    expect(await frontAddress(panel.page)).toBe(session.site.url)
  })

  test('leaves an open panel open, with what is written in it', async ({ session }) => {
    await panel.writePrompt('kept')
    const worker = await session.chromium.worker()
    await worker.evaluate(() => {
      const said = globalThis as { clicks?: number }
      // Called after the extension's own listener.
      chrome.action.onClicked.addListener(() => {
        said.clicks = 1
      })
    })
    await session.user.clickIcon(session.page)
    await until('the worker hears the click', () => worker.evaluate(() => 'clicks' in globalThis))
    expect(await panel.page.$eval('textarea', field => field.value)).toBe('kept')
    const panels = session.chromium.browser
      .targets()
      .filter(target => target.url() === `${extensionBase}/sidepanel.html`)
    expect(panels).toHaveLength(1)
  })
})
