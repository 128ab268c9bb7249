import { expect } from 'vitest'
import { extensionBase } from '../harness/browser.ts'
import { type PanelHands, panelHands } from '../harness/panel.ts'
import { texts } from '../harness/texts.ts'
import { frontAddress } from './seen-by-panel.ts'
import { describe, test } from './test.ts'
import { until } from './until.ts'

const t = texts('en')

describe('the icon in the toolbar', () => {
  let panel: PanelHands

  test('[C103] [P13] opens the panel and grants the tab', async ({ desk }) => {
    expect(await frontAddress(await desk.chromium.worker())).toBeUndefined()
    panel = panelHands(await desk.chromium.panelAfter(() => desk.person.clickIcon(desk.page)), t)
    await panel.reads(t('sources.title'))
    expect(await frontAddress(panel.page)).toBe(desk.site.url)
  })

  test('leaves an open panel open, with what is written in it', async ({ desk }) => {
    await panel.writePrompt('kept')
    const worker = await desk.chromium.worker()
    await worker.evaluate(() => {
      const said = globalThis as { clicks?: number }
      // Called after the extension's own listener.
      chrome.action.onClicked.addListener(() => {
        said.clicks = 1
      })
    })
    await desk.person.clickIcon(desk.page)
    await until('the worker hears the click', () => worker.evaluate(() => 'clicks' in globalThis))
    expect(await panel.page.$eval('textarea', field => field.value)).toBe('kept')
    const panels = desk.chromium.browser.targets().filter(target => target.url() === `${extensionBase}/sidepanel.html`)
    expect(panels).toHaveLength(1)
  })
})
