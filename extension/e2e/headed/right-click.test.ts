import type { Browser } from 'puppeteer'
import { expect } from 'vitest'
import { texts } from '../fixtures/texts.ts'
import { type PanelPage, panelPage } from '../pages/panel-page.ts'
import { watchMenuRequests } from './menu-requests.ts'
import { fingerprintAt, frontAddress, sourceFingerprints } from './seen-by-panel.ts'
import type { HeadedSession } from './session.ts'
import { describe, test } from './test.ts'

const t = texts('en')

describe('"Generate from image" in the menu of a picture', () => {
  let panel: PanelPage
  let requests: Awaited<ReturnType<typeof watchMenuRequests>>
  let brought = 0

  test('[C103b] opens the closed panel with that picture, once, and grants the tab', async ({ session }) => {
    requests = await watchMenuRequests(session.chromium)
    const hero = await session.picture('#hero')
    panel = panelPage(await session.chromium.panelAfter(() => session.user.generateFrom(session.page, hero)), t)
    await expectSources(session, 'pictures/lake.jpg')
    expect(await frontAddress(panel.page)).toBe(session.site.url)
  })

  test.for([
    ['a photograph', '#textile', 'pictures/textile.jpg'],
    ['a drawing', '#drawing', 'pictures/drawing.svg'],
  ] as const)('brings %s into the open panel, once', async ([, selector, path], { session }) => {
    await panel.clearSources()
    await session.user.generateFrom(session.page, await session.picture(selector))
    await expectSources(session, path)
  })

  test('works inside a frame of the page', async ({ session }) => {
    await panel.clearSources()
    const frame = await (await session.picture('iframe')).contentFrame()
    const framed = await frame?.waitForSelector('#framed')
    if (!framed) throw new Error('The frame has no picture.')
    await session.user.generateFrom(session.page, framed)
    await expectSources(session, 'pictures/waves.png')
  })

  test('leaves a request that waits for a panel slow to load, and adds to the draft', async ({ session }) => {
    await panel.page.close()
    const before = await requests()
    const city = await session.picture('#city')
    const opened = session.chromium.panelAfter(async () => {
      const { held, letGo } = await holdNewPages(session.chromium.browser)
      await session.user.generateFrom(session.page, city)
      await held
      await expect.poll(requests).toEqual([...before, 'left'])
      await letGo()
    })
    panel = panelPage(await opened, t)
    await expectSources(session, 'pictures/city.png', 'pictures/waves.png')
  })

  /** The sources are these files of the sample page, and the last of them came by one request that was taken once. */
  async function expectSources(session: HeadedSession, ...paths: string[]): Promise<void> {
    await panel.sourcesReady(paths.length)
    const expected = await Promise.all(paths.map(path => fingerprintAt(session.site.url + path)))
    await expect.poll(async () => (await sourceFingerprints(panel.page)).sort()).toEqual(expected.sort())
    expect(await panel.page.$$('.sources-slot')).toHaveLength(paths.length)
    brought += 1
    expect(await requests()).toEqual(Array(brought).fill(['left', 'taken']).flat())
  }
})

/** Pages opened from now on do not begin to load before they are let go. */
async function holdNewPages(browser: Browser): Promise<{ held: Promise<void>; letGo(): Promise<void> }> {
  const debug = await browser.target().createCDPSession()
  const held = new Promise<void>(resolve =>
    debug.on('Target.attachedToTarget', ({ waitingForDebugger }) => waitingForDebugger && resolve()),
  )
  await debug.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true })
  return { held, letGo: () => debug.detach() }
}
