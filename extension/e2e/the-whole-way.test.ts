import type { Page } from 'puppeteer'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { startSampleSite } from '../sample/server.ts'
import { startTestBackend, type TestBackend } from './harness/backend.ts'
import { launchBrowser, type TestBrowser } from './harness/browser.ts'
import { type PanelHands, panelHands } from './harness/panel.ts'
import { signIn } from './harness/sign-in.ts'
import { texts } from './harness/texts.ts'

const t = texts('en')
let backend: TestBackend
let site: Awaited<ReturnType<typeof startSampleSite>>
let chromium: TestBrowser
let page: Page
let panel: PanelHands

beforeAll(async () => {
  site = await startSampleSite()
  backend = await startTestBackend()
  chromium = await launchBrowser({ origin: backend.origin })
  page = await chromium.openPage(site.url)
  panel = panelHands(await chromium.openPanel(page), t)
  await panel.press('button', t('shell.welcome.start'))
  await signIn(chromium.browser, panel)
})
afterAll(async () => {
  await chromium?.close()
  await backend?.close()
  await site?.close()
})

test('signed in', async () => {
  expect(await panel.balance()).toBe(50)
})
