import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type axe from 'axe-core'
import puppeteer, { type Browser, type Page } from 'puppeteer'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { developmentExtensionId } from '../../bff/config/config.ts'
import { en } from '../../bff/web/locales/en.ts'
import { findChromium } from '../../scripts/chromium.mjs'
import { startTestBackend, type TestBackend } from './fixtures/backend.ts'
import { hangLimit } from './pages/wait.ts'

/** The pages as any browser shows them: no extension is there. */
let backend: TestBackend
let browser: Browser
let axeSource: string

beforeAll(async () => {
  axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  backend = await startTestBackend()
  const executablePath = await findChromium()
  browser = await puppeteer.launch({
    ...(executablePath && { executablePath }),
    pipe: true,
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu'],
  })
})
afterAll(async () => {
  await browser?.close()
  await backend?.close()
})
afterEach(async () => {
  for (const context of browser.browserContexts().slice(1)) await context.close()
})

interface Looks {
  language?: 'en' | 'ja'
  theme?: 'light' | 'dark'
  width?: number
}

/** What an extension asks with. */
const asked = new URLSearchParams({
  state: 's'.repeat(43),
  code_challenge: 'c'.repeat(43),
  code_challenge_method: 'S256',
  extension_id: developmentExtensionId,
})

/** A visitor who has not been here before. */
async function visit({ language = 'en', theme = 'light', width = 800 }: Looks = {}): Promise<Page> {
  const page = await (await browser.createBrowserContext()).newPage()
  page.setDefaultTimeout(hangLimit)
  await page.setViewport({ width, height: 800 })
  await page.setExtraHTTPHeaders({ 'accept-language': language })
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }])
  return page
}

const goTo = (page: Page, path: string) => page.goto(backend.origin + path)
const submit = async (page: Page, form: string) => {
  await Promise.all([page.waitForNavigation(), page.click(`form[action^="${form}"] button`)])
}
const fillAccount = async (page: Page, email = 'ada@example.test') => {
  await page.locator('input[name=name]').fill('Ada')
  await page.locator('input[name=email]').fill(email)
}

async function faults(page: Page): Promise<string[]> {
  await page.evaluate(axeSource)
  const { violations } = await page.evaluate(() => (window as unknown as { axe: typeof axe }).axe.run())
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}

test.each<Looks>([
  { language: 'en', theme: 'light', width: 320 },
  { language: 'ja', theme: 'dark', width: 320 },
  { language: 'ja', theme: 'light', width: 800 },
  { language: 'en', theme: 'dark', width: 800 },
])('every page, %o: nothing for axe to say, and no sideways scroll', async looks => {
  const page = await visit(looks)
  const expectFine = async (what: string) => {
    // Nothing runs there, so everything works without script.
    expect([what, await page.$$eval('script', scripts => scripts.length)]).toEqual([what, 0])
    expect([what, await faults(page)]).toEqual([what, []])
    expect([what, await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)]).toEqual([what, true])
    expect([what, await page.$eval('html', html => html.lang)]).toEqual([what, looks.language])
  }
  await goTo(page, '/')
  await expectFine('start')
  await goTo(page, '/sign-in?next=/account')
  await expectFine('accounts')
  await fillAccount(page, `${looks.language}-${looks.theme}@example.test`)
  await submit(page, '/embedded-accounts/add')
  await expectFine('questions')
  await page.click('input[value=adult]')
  await submit(page, '/welcome')
  await expectFine('questions, incomplete')
  await page.click('input[name=makers]')
  await submit(page, '/welcome')
  await expectFine('account')
  await goTo(page, `/extension/connect?${asked}`)
  await expectFine('connecting the extension')
  await goTo(page, '/account')
  await submit(page, '/account/pause')
  await expectFine('account, paused')
  await goTo(page, '/consent')
  await expectFine('thanks')
  await goTo(page, '/sign-in/callback?state=x')
  await expectFine('a sign-in that failed')
})

test('a name of one’s own, the language, signing out everywhere: each is a form, and no page has a script', async () => {
  const page = await visit()
  await goTo(page, '/sign-in?next=/account')
  await fillAccount(page)
  await submit(page, '/embedded-accounts/add')
  await page.click('input[value=with_parent]')
  await page.click('input[name=makers]')
  await submit(page, '/welcome')
  const name = await page.waitForSelector('input[name=name]')
  await name?.evaluate(field => {
    field.value = ''
  })
  await name?.type('Lady Lovelace')
  await submit(page, '/account/name')
  expect(await page.$eval('input[name=name]', field => field.value)).toBe('Lady Lovelace')
  await Promise.all([page.waitForNavigation(), page.click('main button[lang=ja]')])
  expect(await page.$eval('html', html => html.lang)).toBe('ja')
  await Promise.all([page.waitForNavigation(), page.click('main button[lang=en]')])
  await submit(page, '/account/sign-out-everywhere')
  expect(await page.$eval('main', main => main.textContent)).toContain(en['home.signed-out'])
})

test('by keyboard alone: every field and button can be reached in the order it is read, and seen when it is', async () => {
  const page = await visit()
  await goTo(page, '/sign-in?next=/account')
  const focusOn = async (selector: string) => {
    for (let presses = 0; presses < 20; presses++) {
      await page.keyboard.press('Tab')
      if (await page.evaluate(wanted => document.activeElement?.matches(wanted), selector)) break
    }
    const outline = await page.evaluate(wanted => {
      const focused = document.activeElement
      return focused?.matches(wanted) ? getComputedStyle(focused).outlineStyle : 'not reached'
    }, selector)
    expect([selector, outline]).toEqual([selector, expect.not.stringMatching(/none|not reached/)])
  }
  const enter = () => Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')])
  await focusOn('input[name=name]')
  await page.keyboard.type('Ada')
  await focusOn('input[name=email]')
  await page.keyboard.type('keys@example.test')
  await enter()
  await focusOn('input[name=age]')
  await page.keyboard.press('Space')
  await focusOn('input[name=makers]')
  await page.keyboard.press('Space')
  await focusOn('form[action="/welcome"] button')
  await enter()
  expect(new URL(page.url()).pathname).toBe('/account')
  for (const action of ['/account/name', '/account/sign-out', '/account/sign-out-everywhere', '/account/pause'])
    await focusOn(`form[action="${action}"] button`)
})

test('[P27] a whole visit asks nobody else for anything, and sets no other cookie', async () => {
  const page = await visit()
  const asked: string[] = []
  page.on('request', request => void asked.push(new URL(request.url()).origin))
  await goTo(page, '/sign-in?next=/account')
  await fillAccount(page)
  await submit(page, '/embedded-accounts/add')
  await page.click('input[value=adult]')
  await page.click('input[name=makers]')
  await submit(page, '/welcome')
  await Promise.all([page.waitForNavigation(), page.click('main button[lang=ja]')])
  expect(new Set(asked)).toEqual(new Set([backend.origin]))
  const cookies = await page.browserContext().cookies()
  expect(cookies.map(({ name }) => name).toSorted()).toEqual(['__Host-mimicit-session', 'mimicit-locale'])
  for (const cookie of cookies) expect(cookie).toMatchObject({ secure: true, httpOnly: true, sameSite: 'Lax' })
})
