import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'puppeteer'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { GenerationSpec } from '../../bff/contract/generations.ts'
import type { Model } from '../../bff/contract/models.ts'
import { priceOf } from '../../bff/contract/values.ts'
import type { Provider } from '../../bff/providers/provider.ts'
import { ProviderError } from '../../bff/providers/provider-error.ts'
import { createFakeProvider } from '../../bff/test/fake-provider.ts'
import { createFakeQueue } from '../../bff/test/fake-queue.ts'
import { startTestBackend, type TestBackend } from './fixtures/backend.ts'
import { launchBrowser, type TestBrowser } from './fixtures/browser.ts'
import { firstModel, readCatalogue } from './fixtures/catalogue.ts'
import { type SampleSite, startSampleSite } from './fixtures/sites/sample.ts'
import { texts } from './fixtures/texts.ts'
import { type PanelPage, panelPage } from './pages/panel-page.ts'
import { signIn } from './pages/sign-in-page.ts'
import { watchUploads } from './probes/uploads.ts'

const t = texts('en')
/** Two makers that the test plays itself; the third has no key. */
const openai = createFakeProvider({ repeatable: false })
const fal = createFakeQueue()
const played = { openai, fal }

/** A model of the queue that gives up early here. */
const impatient = 'flux-2-pro'

let work: string
let backend: TestBackend
let site: SampleSite
let chromium: TestBrowser
let page: Page
let panel: PanelPage
let catalogue: Model[]
/** With qualities and several results. */
let fine: Model
let results: Buffer[]

beforeAll(async () => {
  site = await startSampleSite()
  work = mkdtempSync(join(tmpdir(), 'mimicit-models-'))
  const MODELS_FILE = join(work, 'models.json')
  writeFileSync(MODELS_FILE, JSON.stringify([{ id: impatient, deadlineMs: 1500 }]))
  const env = { FREE_CREDITS: '1000', LOG_LEVEL: 'fatal', MODELS_FILE }
  backend = await startTestBackend(env, new Map<string, Provider>(Object.entries(played)))
  catalogue = await readCatalogue(backend.origin)
  fine = firstModel(catalogue, model => model.options.qualities.length > 2 && model.options.maxCount >= 4)
  results = await Promise.all(
    ['#a33', '#3a3', '#33a', '#aa3'].map(background =>
      sharp({ create: { width: 96, height: 96, channels: 3, background } })
        .png()
        .toBuffer(),
    ),
  )
  chromium = await launchBrowser({ origin: backend.origin })
  page = await chromium.openPage(site.url)
  panel = panelPage(await chromium.openPanel(page), t)
  await panel.press('button', t('panel.welcome.start'))
  await signIn(chromium.browser, panel)
  await page.bringToFront()
  await panel.page.waitForSelector('.sources-tile')
  await panel.page.locator('.sources-tile').click()
  await panel.sourcesReady(1)
})
afterAll(async () => {
  await chromium?.close()
  await backend?.close()
  await site?.close()
  rmSync(work, { recursive: true, force: true })
})

const images = () => catalogue.filter(({ kind, status }) => kind === 'image' && status !== 'retired')
const openSheet = () => panel.press('button', t('studio.model.all', { number: images().length }))
const row = (id: string) => `.models [data-model="${id}"]`
const sheetIsShut = () => panel.page.waitForFunction(() => document.querySelector('dialog.models') === null)

/** Chooses a model as a person does who does not find it among the chips. */
async function choose({ id, name }: Model) {
  await openSheet()
  const field = await panel.find('searchbox', t('studio.model.search'))
  await field.type(name.en)
  await panel.page.locator(`${row(id)} .models-row > [aria-pressed]`).click()
  await sheetIsShut()
  await panel.page.waitForSelector(`[role=radio][data-value="${id}"][aria-checked=true]`)
}

const shows = (credits: number) =>
  panel.page.waitForFunction(
    text => document.querySelector('.studio-go .button-act em')?.textContent === text,
    {},
    t('studio.go.credits', { count: credits }),
  )
const balanceBecomes = (credits: number) =>
  panel.page.waitForFunction(
    left => document.querySelector('.balance b')?.textContent?.replace(/\D/g, '') === String(left),
    {},
    credits,
  )
/** In the middle of the panel, where the Generate bar does not lie over it. */
const clickInView = async (selector: string) => {
  const found = await panel.page.waitForSelector(selector)
  await found?.evaluate(element => element.scrollIntoView({ block: 'center' }))
  await found?.click()
}
const pageTime = () => panel.page.evaluate(() => performance.now())
let lastPress = 0
/** A press so soon after the last one would be taken for the second half of a double click. */
async function generate() {
  await panel.page.waitForFunction(at => at === 0 || performance.now() - at > 700, {}, lastPress)
  await panel.generate()
  lastPress = await pageTime()
}
const choice = async (group: string, value: string) => {
  await clickInView(`[aria-label="${group}"] [data-value="${value}"]`)
  await panel.page.waitForSelector(`[aria-label="${group}"] [data-value="${value}"][aria-checked=true]`)
}

describe('models of several makers', () => {
  test('[P55] each with its price; the info names maker, country and policy', async () => {
    await openSheet()
    const shown = await panel.page.$$eval('.models [data-model]', rows =>
      rows.map(found => ({ id: (found as HTMLElement).dataset.model, text: found.textContent })),
    )
    expect(shown.map(({ id }) => id).sort()).toEqual(
      images()
        .map(({ id }) => id)
        .sort(),
    )
    expect(shown.find(({ id }) => id === fine.id)?.text).toContain(
      t('studio.go.credits', { count: priceOf(fine.price, { size: '1K', quality: fine.options.qualities[0]! }, 1) }),
    )
    for (const { id, policy, maker, via } of [fine, firstModel(catalogue, model => model.via !== null)]) {
      await panel.page.locator(`${row(id)} .button-link`).click()
      const info = await panel.page.waitForSelector(`${row(id)} .models-info`)
      const text = await info?.evaluate(found => found.textContent)
      expect(text).toContain(maker.en)
      expect(text).toContain('US')
      if (via) expect(text).toContain(via)
      expect(await info?.$eval('a', link => link.href)).toBe(policy)
    }
    await panel.page.keyboard.press('Escape')
    await sheetIsShut()
  })

  test('one without a key says so and cannot be chosen', async () => {
    const closed = firstModel(catalogue, model => model.kind === 'image' && model.availability === 'needs_key')
    await openSheet()
    const button = await panel.page.waitForSelector(`${row(closed.id)} .models-row > [aria-pressed]`)
    expect(await button?.evaluate(found => [(found as HTMLButtonElement).disabled, found.textContent])).toEqual([
      true,
      expect.stringContaining(t('studio.model.needs_key')),
    ])
    expect(await panel.text()).toContain(t('studio.model.needs_key_hint'))
    await panel.page.keyboard.press('Escape')
    await sheetIsShut()
  })
})

describe('what a model is asked for', () => {
  test('quality and number change the price; the spec says what was shown, and several results stand together', async () => {
    await choose(fine)
    const [low, , high] = fine.options.qualities
    await shows(priceOf(fine.price, { size: '1K', quality: low! }, 1))
    await choice(t('studio.quality.title'), high!)
    await choice(t('studio.count.title'), '3')
    const price = priceOf(fine.price, { size: '1K', quality: high!, count: 3 }, 1)
    await shows(price)
    expect(await panel.text()).toContain(t('studio.go.several', { number: 3 }))

    const credits = await panel.balance()
    const upload = await watchUploads(panel.page)
    await generate()
    const call = await openai.called(0)
    const spec = JSON.parse((await upload()).spec) as GenerationSpec
    expect(spec).toMatchObject({ model: fine.id, price, options: { quality: high, count: 3 } })
    expect(call.request).toMatchObject({ quality: high, count: 3 })
    call.answer(...results.slice(0, 3))
    await panel.page.waitForFunction(() => document.querySelectorAll('.results-set [data-picture]').length === 3)
    await balanceBecomes(credits - price)
    expect(await panel.page.$('.results-delivery')).toBeNull()
  })

  test('fewer results than asked for cost less, and it is said', async () => {
    await choice(t('studio.quality.title'), fine.options.qualities[0]!)
    await choice(t('studio.count.title'), '4')
    const price = priceOf(fine.price, { size: '1K', quality: fine.options.qualities[0]!, count: 4 }, 1)
    await shows(price)
    const credits = await panel.balance()
    await generate()
    const call = await openai.called(1)
    call.answer(...results.slice(0, 3))
    const charged = (price / 4) * 3
    await panel.reads(t('results.partial', { ready: 3, all: 4, count: 1 }))
    await panel.reads(t('results.charged', { charged, price }))
    await balanceBecomes(credits - charged)
  })
})

describe('a job without a result', () => {
  /** Presses Generate and lets the maker refuse. */
  const refuse = async (error: ProviderError) => {
    const credits = await panel.balance()
    const index = openai.calls.length
    await generate()
    const call = await openai.called(index)
    call.fail(error)
    await panel.page.waitForSelector('[data-failed]')
    await balanceBecomes(credits)
  }
  const inNote = (name: string) => clickInView(`[data-failed] ::-p-aria([name="${name}"][role="button"])`)
  const noteIsGone = () => panel.page.waitForFunction(() => document.querySelector('[data-failed]') === null)

  beforeEach(async () => {
    await choose(fine)
    await choice(t('studio.count.title'), '1')
    await panel.writePrompt('my own words')
  })

  test('[C90] refused by the maker’s rules: the cause, nothing charged, and back to the words', async () => {
    await refuse(new ProviderError({ kind: 'blocked', stage: 'input', reason: 'rights' }))
    await panel.reads(t('results.blocked.cause.rights'))
    await inNote(t('results.reword'))
    await noteIsGone()
    await panel.page.waitForFunction(() => document.activeElement?.id === 'studio-prompt')
    expect(await panel.page.$eval('#studio-prompt', field => (field as HTMLTextAreaElement).value)).toBe('my own words')
  })

  test('refused, then made by the cheapest other model in one press, with the same words', async () => {
    await refuse(new ProviderError({ kind: 'blocked', stage: 'output', reason: 'other' }))
    await panel.reads(t('results.blocked.output'))
    const other = catalogue.find(({ id }) => id === 'local-restyle')!
    const known = await panel.pictures()
    await inNote(t('results.try_model', { model: other.name.en, price: priceOf(other.price, { size: '1K' }, 1) }))
    await noteIsGone()
    // Another maker: where the picture goes is told first.
    await panel.press('button', t('studio.disclosure.yes'))
    await panel.newPicture(known)
    await panel.page.waitForSelector(`[role=radio][data-value="${other.id}"][aria-checked=true]`)
  })

  test('a maker that takes no more for a while: tried again from the note, a job of its own', async () => {
    await refuse(new ProviderError({ kind: 'rate_limited', retryAfterMs: 300_000 }))
    await panel.reads(t('problems.provider_busy'))
    const index = openai.calls.length
    await inNote(t('results.try_again'))
    const call = await openai.called(index)
    const known = await panel.pictures()
    call.answer(results[0]!)
    await panel.newPicture(known)
  })

  test('an unknown outcome is said, with what happens if it still comes', async () => {
    await refuse(new ProviderError({ kind: 'unknown_outcome' }))
    await panel.reads(t('problems.unknown_outcome'))
    await inNote(t('results.dismiss'))
    await noteIsGone()
  })

  test('a model that its maker switched off leads to another', async () => {
    await refuse(new ProviderError({ kind: 'retired_model' }))
    await panel.reads(t('problems.model_retired'))
    const found = await panel.page.waitForSelector('[data-failed] .note-actions .button')
    expect(await found?.evaluate(button => button.textContent)).toMatch(/· \d+$/)
  })
})

test('a result that comes after its credits were given back is delivered free, and the note goes', async () => {
  await choose(firstModel(catalogue, ({ id }) => id === impatient))
  const credits = await panel.balance()
  const known = await panel.pictures()
  await generate()
  await panel.reads(t('problems.timed_out'))
  await balanceBecomes(credits)
  fal.says.status = { state: 'completed' }
  fal.says.result = { kind: 'files', files: [results[0]!], usage: { microUsd: null } }
  await backend.restart()
  await panel.newPicture(known)
  await panel.reads(t('results.free'))
  expect(await panel.text()).not.toContain(t('problems.timed_out'))
  expect(await panel.balance()).toBe(credits)
})
