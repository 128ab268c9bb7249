import { expect } from 'vitest'
import { texts } from '../fixtures/texts.ts'
import { type PanelPage, panelPage } from '../pages/panel-page.ts'
import { fingerprintAt, sourceFingerprints } from './seen-by-panel.ts'
import { describe, test } from './test.ts'

describe('a picture dragged from the page into the panel', () => {
  let panel: PanelPage | undefined

  test.for([
    ['of the page itself', '#textile', 'pictures/textile.jpg'],
    ['of another site without CORS headers', '#cross', 'night.jpg'],
  ] as const)(
    '%s becomes a source, in its original bytes',
    async ([, selector, path], { session: { chromium, page, user, site, picture } }) => {
      panel ??= panelPage(await chromium.panelAfter(() => user.clickIcon(page)), texts('en'))
      await panel.clearSources()
      const target = await panel.page.waitForSelector('.sources-add')
      if (!target) throw new Error('The panel has no place to drop on.')
      await user.drag(page, await picture(selector), panel.page, target)
      await panel.sourcesReady(1)
      const { page: shown } = panel
      const address = (selector === '#cross' ? site.crossUrl : site.url) + path
      await expect.poll(() => sourceFingerprints(shown)).toEqual([await fingerprintAt(address)])
    },
  )
})
