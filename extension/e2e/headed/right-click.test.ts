import { expect } from 'vitest'
import { type PanelHands, panelHands } from '../harness/panel.ts'
import { texts } from '../harness/texts.ts'
import type { Desk } from './desk.ts'
import { fingerprintAt, frontAddress, sourceFingerprints } from './seen-by-panel.ts'
import { describe, test } from './test.ts'

describe('"Generate from image" in the menu of a picture', () => {
  let panel: PanelHands

  test('[C103] [C104] [P13] opens the closed panel with that picture, once, and grants the tab', async ({ desk }) => {
    await watchRequests(desk)
    const hero = await desk.picture('#hero')
    panel = panelHands(await desk.chromium.panelAfter(() => desk.person.generateFrom(desk.page, hero)), texts('en'))
    await expectOnly(desk, 'pictures/lake.jpg')
    expect(await frontAddress(panel.page)).toBe(desk.site.url)
  })

  test.for([
    ['a photograph', '#textile', 'pictures/textile.jpg'],
    ['a drawing', '#drawing', 'pictures/drawing.svg'],
  ] as const)('[C104] brings %s into the open panel, once', async ([, selector, path], { desk }) => {
    await panel.clearSources()
    await desk.person.generateFrom(desk.page, await desk.picture(selector))
    await expectOnly(desk, path)
  })

  test('[C104] works inside a frame of the page', async ({ desk }) => {
    await panel.clearSources()
    const frame = await (await desk.picture('iframe')).contentFrame()
    const framed = await frame?.waitForSelector('#framed')
    if (!framed) throw new Error('The frame has no picture.')
    await desk.person.generateFrom(desk.page, framed)
    await expectOnly(desk, 'pictures/waves.png')
  })

  test('[C104] opens the panel again after it was closed, and adds to the draft', async ({ desk }) => {
    await panel.page.close()
    const city = await desk.picture('#city')
    panel = panelHands(await desk.chromium.panelAfter(() => desk.person.generateFrom(desk.page, city)), texts('en'))
    await expectOnly(desk, 'pictures/city.png', 'pictures/waves.png')
  })

  /** The sources are these files of the sample page, the last of them brought by one request that was taken once. */
  async function expectOnly(desk: Desk, ...paths: string[]): Promise<void> {
    await panel.sourcesReady(paths.length)
    const expected = await Promise.all(paths.map(path => fingerprintAt(desk.site.url + path)))
    expect((await sourceFingerprints(panel.page)).sort()).toEqual(expected.sort())
    expect(await panel.page.$$('.sources-slot')).toHaveLength(paths.length)
    expect(await requests(desk)).toEqual(['left', 'taken'])
  }
})

/** Writes down in the worker when a request is left for a panel, and when one is taken. */
async function watchRequests(desk: Desk): Promise<void> {
  const worker = await desk.chromium.worker()
  await worker.evaluate(() => {
    const seen: string[] = []
    Object.assign(globalThis, { requests: seen })
    chrome.storage.session.onChanged.addListener(({ menuRequest }) => {
      if (menuRequest) seen.push(menuRequest.newValue ? 'left' : 'taken')
    })
  })
}

/** What happened to requests since this was last asked. */
async function requests(desk: Desk): Promise<string[]> {
  const worker = await desk.chromium.worker()
  return worker.evaluate(() => (globalThis as unknown as { requests: string[] }).requests.splice(0))
}
