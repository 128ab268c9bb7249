import type { Page } from 'puppeteer'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSession, type Session } from './fixtures/session.ts'
import { type SampleSite, startSampleSite } from './fixtures/sites/sample.ts'
import { texts } from './fixtures/texts.ts'
import { locate } from './pages/locator.ts'
import { type PanelPage, panelPage } from './pages/panel-page.ts'
import { signIn } from './pages/sign-in-page.ts'
import { webPageAfter } from './pages/web-page.ts'
import { axeFindings, misfits } from './probes/looks.ts'

/** The usual panel; the narrowest; the usual one at 200 % zoom, where half as many CSS pixels fit. */
const widths = [360, 320, 180]

/** Looks over a state in both themes, and in every width. */
async function lookOver(page: Page, state: string): Promise<void> {
  const found: string[] = []
  for (const theme of ['light', 'dark']) {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }])
    for (const finding of await axeFindings(page)) found.push(`${state}, ${theme}: ${finding}`)
  }
  for (const width of widths) {
    const density = width === 180 ? 2 : 1
    await page.setViewport({ width, height: density === 2 ? 430 : 860, deviceScaleFactor: density })
    for (const misfit of await misfits(page)) found.push(`${state}, ${width} px: ${misfit}`)
  }
  await page.setViewport({ width: 360, height: 860, deviceScaleFactor: 1 })
  expect.soft(found).toEqual([])
}

/** In the menu, because a Chromium that speaks Japanese is not on every machine. */
async function chooseJapanese(panel: PanelPage): Promise<void> {
  await panel.press('button', panel.t('panel.menu'))
  await panel.press('radio', '日本語')
  await panel.reads(texts('ja')('panel.screen.history'))
  await panel.page.keyboard.press('Escape')
}

describe.each(['en', 'ja'] as const)(
  '[C98] [C99] [C101] every state of the panel, light and dark, narrow and zoomed: %s',
  language => {
    const t = texts(language)
    let session: Session<SampleSite>
    let panel: PanelPage

    beforeAll(async () => {
      session = await openSession({ site: startSampleSite, account: null, welcome: false })
      if (language === 'ja') await chooseJapanese(session.panel)
      panel = panelPage(session.panel.page, t)
    })
    afterAll(() => session?.close())

    const looks = (state: string) => lookOver(panel.page, state)

    test('welcome, signed out, waiting for a sign-in', async () => {
      await panel.page.waitForSelector('.sources-tile')
      await looks('welcome')
      await panel.press('button', t('panel.welcome.start'))
      await looks('signed out')
      await panel.press('button', t('panel.menu'))
      await looks('the menu, signed out')
      await panel.page.keyboard.press('Escape')
      await signIn(session.chromium.browser, panel)
      await session.page.bringToFront()
      await looks('signed in, nothing chosen')
    })

    test('menu, keys, picking, previews', async () => {
      await panel.press('button', t('panel.menu'))
      await looks('the menu')
      await panel.press('button', t('panel.keys'))
      await looks('the keys')
      await panel.page.keyboard.press('Escape')
      await panel.press('button', t('sources.pick'))
      await panel.reads(t('sources.pick_hint'))
      await looks('picking')
      await panel.page.keyboard.press('Escape')
      await panel.press('button', t('sources.strip.previews_show'))
      await panel.page.waitForSelector('.sources-tile img')
      await looks('previews')
      await panel.press('button', t('sources.strip.previews_hide'))
    })

    test('slots: read, failed, locked, not used; details and edit', async () => {
      const picture = sharp({ create: { width: 400, height: 300, channels: 3, background: '#aa5533' } })
      const path = await session.saved(
        'a picture with a very long name, because files have such names.png',
        await picture.png().toBuffer(),
      )
      for (let count = 1; count <= 4; count++) {
        await panel.chooseFile(path)
        await panel.sourcesReady(count)
      }
      await locate(panel.page, 'a lock', '.sources-slot:first-child .sources-lock').press()
      await panel.chooseFile(await session.saved('broken.png', Buffer.from('no picture')))
      await panel.slotsBecome('ready', 'ready', 'ready', 'ready', 'failed')
      await looks('slots of every kind')
      await locate(panel.page, 'a picture', '.sources-slot:first-child .sources-picture').press()
      await panel.page.waitForSelector('.sources-sent:not(:empty)')
      await looks('details')
      await panel.press('button', t('sources.edit'))
      await panel.page.waitForSelector('.edit canvas')
      for (const tool of ['crop', 'brush', 'area']) {
        await panel.press('radio', t(`sources.edit.tool.${tool}`))
        await looks(`edit: ${tool}`)
      }
      await panel.press('button', t('sources.edit.cancel'))
      await panel.press('button', t('sources.clear'))
      await looks('cleared but for the locked one')
    })

    test('words in parts and in one text, models, options', async () => {
      for (const view of ['parts', 'text']) {
        await panel.press('radio', t(`studio.prompt.${view}`))
        await looks(`the prompt as ${view}`)
      }
      await locate(panel.page, 'more options', '.studio-more summary').press()
      await panel.press('radio', t('studio.seed.fixed'))
      await looks('more options')
      await locate(panel.page, 'all models', '[aria-haspopup=dialog]').press()
      await panel.page.waitForSelector('dialog.models')
      await looks('all models')
      await panel.page.keyboard.press('Escape')
      await panel.press('button', t('studio.sent.title'))
      await looks('what is sent')
      await panel.press('button', t('studio.sent.hide'))
    })

    test('before the first picture, drawing, stopped, made, backend away', async () => {
      await panel.press('radio', '512')
      session.backend.hold()
      await panel.pressGenerate()
      await panel.page.waitForSelector('.studio-disclosure')
      await looks('told where the picture goes')
      await panel.press('button', t('studio.disclosure.yes'))
      await panel.page.waitForSelector('[data-job]')
      await looks('drawing')
      await locate(panel.page, 'Stop', '[data-job] button').press()
      await panel.reads(t('problems.cancelled'))
      await looks('stopped')
      session.backend.release()
      await panel.generate()
      await panel.newPicture([])
      await looks('a result')
      await session.backend.down()
      await panel.generate()
      await panel.reads(t('problems.unreachable'))
      await looks('the backend is away')
      await session.backend.restart()
      await panel.press('button', t('studio.retry'))
    })

    test('history, empty filter, large view', async () => {
      await panel.press('button', t('panel.screen.history'))
      const id = await panel.newPicture([])
      await looks('the history')
      await panel.press('radio', t('results.show_favourites'))
      await looks('no favourites')
      await panel.press('radio', t('results.show_all'))
      await locate(panel.page, 'the picture', `[data-picture="${id}"] .results-open`).press()
      await panel.page.waitForSelector('.results-large img')
      await looks('the large view')
      await panel.page.keyboard.press('Escape')
      await panel.page.focus(`[data-picture="${id}"] .results-open`)
      await panel.page.keyboard.press('Delete')
      await panel.reads(t('results.deleted'))
      await looks('deleted, with undo')
      await panel.press('button', t('panel.screen.make'))
    })

    test('credits: packs, a payment that is waited for, limits, statement', async () => {
      await locate(panel.page, 'the balance', 'button.balance').press()
      await panel.page.waitForSelector('.credits-statement tbody tr')
      await looks('credits')
      const pack = () => locate(panel.page, 'a pack', '.credits-packs li:nth-child(2) button').press()
      const checkout = await webPageAfter(session.chromium.browser, pack)
      await panel.page.waitForSelector('.credits-rows [data-state=open]')
      await looks('a payment that is waited for')
      await locate(checkout.page, 'Pay', 'button[value=pay]').press()
      await panel.page.waitForSelector('.credits-rows [data-state=paid]')
      await looks('a purchase')
      await checkout.page.close()
      await session.page.bringToFront()
      await panel.press('button', t('credits.back'))
    })

    test('pages without pictures or without extensions', async () => {
      for (const address of ['chrome://version', `${session.backend.origin}/`]) {
        const other = await session.chromium.openPage(address)
        await panel.reads(t(address.startsWith('chrome') ? 'sources.strip.restricted' : 'sources.strip.none'))
        await looks(address)
        await other.close()
      }
    })
  },
)
