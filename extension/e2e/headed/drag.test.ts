import { expect } from 'vitest'
import { type PanelHands, panelHands } from '../harness/panel.ts'
import { texts } from '../harness/texts.ts'
import { fingerprintAt, sourceFingerprints } from './seen-by-panel.ts'
import { describe, test } from './test.ts'

describe('a picture dragged from the page into the panel', () => {
  let panel: PanelHands | undefined

  test.for([
    ['of the page itself', '#textile', 'pictures/textile.jpg'],
    ['of another site without CORS headers', '#cross', 'night.jpg'],
  ] as const)(
    '%s becomes a source, in its original bytes',
    async ([, selector, path], { desk: { chromium, page, person, site, picture } }) => {
      panel ??= panelHands(await chromium.panelAfter(() => person.clickIcon(page)), texts('en'))
      await panel.clearSources()
      const target = await panel.page.waitForSelector('.sources-add')
      if (!target) throw new Error('The panel has no place to drop on.')
      await person.drag(page, await picture(selector), panel.page, target)
      await panel.sourcesReady(1)
      const { page: shown } = panel
      const address = (selector === '#cross' ? site.crossUrl : site.url) + path
      await expect.poll(() => sourceFingerprints(shown)).toEqual([await fingerprintAt(address)])
    },
  )
})
