import type { Page } from 'puppeteer'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
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
  await page.bringToFront()
})
afterAll(async () => {
  await chromium?.close()
  await backend?.close()
  await site?.close()
})

const generate = '.studio-go .button-act'

const isReady = () => panel.page.waitForSelector(`${generate}[aria-disabled="false"]`)

/** Keys and bodies of what the panel sends from now on. */
const recordSends = () =>
  panel.page.evaluate(() => {
    const sends: string[] = []
    Object.assign(window, { sends })
    const real = window.fetch
    window.fetch = (input, init) => {
      const key = new Headers(init?.headers).get('Idempotency-Key')
      if (key) sends.push(key)
      return real(input, init)
    }
  })
const sends = () => panel.page.evaluate(() => (window as unknown as { sends: string[] }).sends)

beforeEach(async () => {
  await panel.page.waitForSelector('.sources-tile')
  if ((await panel.page.$('.sources-slot')) === null) await panel.page.click('.sources-tile')
  await isReady()
})

describe('the first Generate', () => {
  test('says where the pictures go, once, and sends nothing before that was read [P93] [P94]', async () => {
    const calls = backend.calls()
    await panel.page.click(generate)
    await panel.reads(t('studio.tell.advice'))
    await panel.page.keyboard.press('Escape')
    expect(backend.calls()).toBe(calls)
    expect(await panel.pictures()).toEqual([])
    await panel.page.click(generate)
    await panel.press('button', t('studio.tell.yes'))
    await panel.newPicture([])
    expect(backend.calls()).toBe(calls + 1)
  })

  test('is remembered with the maker and its country [P93]', async () => {
    const stored = await panel.page.evaluate(async () => (await chrome.storage.local.get('acknowledged')).acknowledged)
    expect(stored).toMatchObject({ value: [{ maker: 'Mimicit', country: null }] })
  })
})

describe('one press is one job', () => {
  test('a double click with Ctrl+Enter on top [C87]', async () => {
    const known = await panel.pictures()
    const before = { calls: backend.calls(), credits: await panel.balance() }
    backend.hold()
    await panel.page.click(generate, { count: 2 })
    await panel.page.keyboard.down('Control')
    await panel.page.keyboard.press('Enter')
    await panel.page.keyboard.up('Control')
    backend.release()
    await panel.newPicture(known)
    expect(backend.calls()).toBe(before.calls + 1)
    await panel.page.waitForFunction(
      credits => document.querySelector('.balance b')?.textContent === String(credits),
      {},
      before.credits - 1,
    )
  })

  test('tried again after the backend was away: the same key, one charge, the draft kept [C87] [C89]', async () => {
    const known = await panel.pictures()
    const credits = await panel.balance()
    await panel.writePrompt('noir')
    await recordSends()
    await backend.down()
    await panel.page.click(generate)
    await panel.reads(t('problems.unreachable'))
    await backend.restart()
    await panel.press('button', t('studio.retry'))
    await panel.newPicture(known)
    const keys = await sends()
    expect(keys).toHaveLength(2)
    expect(new Set(keys).size).toBe(1)
    expect(await panel.page.$eval('#studio-prompt', field => (field as HTMLTextAreaElement).value)).toBe('noir')
    await panel.page.waitForFunction(
      left => document.querySelector('.balance b')?.textContent === String(left),
      {},
      credits - 1,
    )
  })

  test('whose answer got lost on the way: pressed again, it is the same job [C87]', async () => {
    const known = await panel.pictures()
    const before = { calls: backend.calls(), credits: await panel.balance() }
    await panel.page.evaluate(() => {
      const real = window.fetch
      window.fetch = async (input, init) => {
        const answer = await real(input, init)
        if (!new Headers(init?.headers).has('Idempotency-Key')) return answer
        window.fetch = real
        throw new TypeError('Failed to fetch')
      }
    })
    await panel.page.click(generate)
    await panel.press('button', t('studio.retry'))
    await panel.newPicture(known)
    await panel.page.waitForFunction(
      left => document.querySelector('.balance b')?.textContent === String(left),
      {},
      before.credits - 1,
    )
    expect(backend.calls()).toBe(before.calls + 1)
    expect(await panel.pictures()).toHaveLength(known.length + 1)
  })
})

describe('the words', () => {
  test('rolled by the dice come back by undo', async () => {
    await panel.writePrompt('my own words')
    await panel.press('button', t('studio.prompt.dice'))
    await panel.page.waitForFunction(() => {
      const field = document.querySelector<HTMLTextAreaElement>('#studio-prompt')
      return field?.value !== 'my own words' && field?.value.includes(', ')
    })
    await panel.press('button', t('shell.undo'))
    await panel.page.waitForFunction(
      () => document.querySelector<HTMLTextAreaElement>('#studio-prompt')?.value === 'my own words',
    )
  })

  test('used before come with Up in an empty field, and Down leads back to the draft', async () => {
    await panel.writePrompt('used before')
    await isReady()
    await panel.page.click(generate)
    await panel.page.waitForFunction(async () =>
      JSON.stringify(await chrome.storage.local.get('prompts')).includes('used before'),
    )
    await panel.writePrompt('x')
    await panel.page.keyboard.press('Backspace')
    await panel.page.keyboard.press('ArrowUp')
    const value = () => panel.page.$eval('#studio-prompt', field => (field as HTMLTextAreaElement).value)
    expect(await value()).toBe('used before')
    await panel.page.keyboard.press('ArrowDown')
    expect(await value()).toBe('')
  })
})

describe('two windows', () => {
  test('have a draft each; a closed window’s draft is taken up by the next one [C86]', async () => {
    await panel.writePrompt('first window')
    const created = chromium.browser.waitForTarget(target => target.url() === `${site.url}?second`)
    await panel.page.evaluate(url => chrome.windows.create({ url }), `${site.url}?second`)
    const secondPage = await (await created).asPage()
    const second = panelHands(await chromium.openPanel(secondPage), t)
    await second.page.waitForSelector('.sources-tile')
    const value = (hands: PanelHands) =>
      hands.page.$eval('#studio-prompt', field => (field as HTMLTextAreaElement).value)
    expect(await value(second)).toBe('')
    await second.page.waitForFunction(
      credits => document.querySelector('.balance b')?.textContent === String(credits),
      {},
      await panel.balance(),
    )
    await second.writePrompt('second window')
    await secondPage.close()
    expect(await value(panel)).toBe('first window')

    const third = chromium.browser.waitForTarget(target => target.url() === `${site.url}?third`)
    await panel.page.evaluate(url => chrome.windows.create({ url }), `${site.url}?third`)
    const thirdPage = await (await third).asPage()
    const thirdPanel = panelHands(await chromium.openPanel(thirdPage), t)
    await thirdPanel.page.waitForFunction(
      () => document.querySelector<HTMLTextAreaElement>('#studio-prompt')?.value === 'second window',
    )
    await thirdPage.close()
  })
})
