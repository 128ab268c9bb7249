import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestBackend, type TestBackend } from '../fixtures/backend.ts'
import { launchBrowser, type TestBrowser } from '../fixtures/browser.ts'
import { texts } from '../fixtures/texts.ts'
import { type PanelPage, panelPage } from '../pages/panel-page.ts'
import { signIn } from '../pages/sign-in-page.ts'
import { img } from './rows.ts'
import { type MatrixSite, startMatrixSite } from './site.ts'

const t = texts('en')
let site: MatrixSite
let backend: TestBackend
let chromium: TestBrowser
let panel: PanelPage

beforeAll(async () => {
  site = await startMatrixSite()
  site.page('/', ['boat', 'house', 'tree'].map(name => img(name, `src="/plain/${name}.png"`)).join(''))
  backend = await startTestBackend()
  chromium = await launchBrowser({ origin: backend.origin })
  const page = await chromium.openPage(`${site.here}/`)
  panel = panelPage(await chromium.openPanel(page), t)
  await panel.press('button', t('panel.welcome.start'))
  await signIn(chromium.browser, panel)
  await page.bringToFront()
})
afterAll(async () => {
  await chromium?.close()
  await backend?.close()
  await site?.close()
})

/** What leaves the panel is always a picture; so the answer to one that is damaged on the way is given here. */
const refuseNext = (index: number) =>
  panel.page.evaluate(index => {
    const real = window.fetch
    window.fetch = async (input, init) => {
      if (!(init?.body instanceof FormData)) return real(input, init)
      window.fetch = real
      const problem = {
        type: 'urn:mimicit:problem:picture_damaged',
        title: 'Damaged',
        status: 422,
        code: 'picture_damaged',
      }
      return new Response(JSON.stringify({ ...problem, params: { index } }), {
        status: 422,
        headers: { 'content-type': 'application/problem+json', 'x-mimicit-contract': '1' },
      })
    }
  }, index)

const refusedSlots = () =>
  panel.page.$$eval('.sources-slot[data-refused] .sources-picture', slots =>
    slots.map(slot => slot.getAttribute('title')),
  )

test('what the backend says of one of several pictures stands at that picture, until it is gone', async () => {
  for (const [index, name] of ['boat', 'house', 'tree'].entries()) {
    await panel.takeFromStrip(name)
    await panel.sourcesReady(index + 1)
  }
  await panel.writePrompt('watercolour')
  await refuseNext(1)
  await panel.generate()
  await panel.reads(new RegExp(`house\\s+${t('problems.picture_damaged').slice(0, 30)}`))
  expect(await refusedSlots()).toEqual(['house'])
  await panel.press('button', t('sources.remove', { name: 'house' }))
  await expect.poll(refusedSlots).toEqual([])
  await expect.poll(() => panel.has('button', t('sources.remove', { name: 'house' }))).toBe(false)
  expect(await panel.text()).not.toContain(t('problems.picture_damaged'))
})
