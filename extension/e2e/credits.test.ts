import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Model } from '../../bff/contract/models.ts'
import { createFakeProvider } from '../../bff/test/fake-provider.ts'
import { en as web } from '../../bff/web/locales/en.ts'
import { firstModel, readCatalogue } from './fixtures/catalogue.ts'
import { openSession, type Session } from './fixtures/session.ts'
import { type SampleSite, sampleNames, startSampleSite } from './fixtures/sites/sample.ts'
import { texts } from './fixtures/texts.ts'
import { locate } from './pages/locator.ts'
import type { PanelPage } from './pages/panel-page.ts'
import { waitUntil } from './pages/wait.ts'
import { webPageAfter } from './pages/web-page.ts'

const t = texts('en')
/** Enough for two pictures made on this machine, and for none of any maker. */
const free = 2
const places = { s: 1, m: 2 }
const openai = createFakeProvider({ repeatable: false })
let session: Session<SampleSite>
let panel: PanelPage
let dear: Model
let cheap: Model

beforeAll(async () => {
  session = await openSession({
    site: startSampleSite,
    env: { FREE_CREDITS: String(free) },
    makers: new Map([['openai', openai]]),
  })
  panel = session.panel
  const catalogue = await readCatalogue(session.backend.origin)
  dear = firstModel(
    catalogue,
    model => model.kind === 'image' && model.availability === 'ready' && model.price.base > 1,
  )
  cheap = firstModel(catalogue, model => model.kind === 'image' && model.price.base === 1)
  await panel.takeFromStrip(sampleNames.lake)
  await panel.sourcesReady(1)
})
afterAll(() => session?.close())

const press = (what: string, selector: string) => locate(panel.page, what, selector).press()
const openCredits = async () => {
  await press('the balance', 'button.balance')
  await panel.page.waitForSelector('.credits-packs button')
}
const make = () => panel.press('button', t('panel.screen.make'))
/** The header, the page and the newest line of the statement say the same. */
const everywhere = async (credits: number) => {
  await panel.balanceBecomes(credits)
  const shows = (digits: string) =>
    document.querySelector('.credits-sum b')?.textContent?.replace(/\D/g, '') === digits &&
    document.querySelector('.credits-statement td:last-child')?.textContent?.replace(/\D/g, '') === digits
  await waitUntil(panel.page, `${credits} credits on the page`, shows, String(credits))
}
const purchaseBecomes = (state: string) => panel.page.waitForSelector(`.credits-rows [data-state=${state}]`)
/** Presses a pack in the panel; answers the tab of the test checkout. */
const choosePack = async (pack: keyof typeof places, currency: 'usd' | 'jpy') => {
  await press(currency, `[role=radio][data-value=${currency}]`)
  return webPageAfter(session.chromium.browser, () =>
    press(pack, `.credits-packs li:nth-child(${places[pack]}) button`),
  )
}
const kinds = () =>
  panel.page.$$eval('.credits-statement tbody td:first-child', cells => cells.map(cell => cell.firstChild?.textContent))
const setLimit = async (place: 1 | 2 | 3, value: string) => {
  const field = `.credits-limits label:nth-of-type(${place}) input`
  await press('the limit', field)
  await panel.page.$eval(field, input => (input as HTMLInputElement).select())
  await panel.page.keyboard.press('Backspace')
  await panel.page.keyboard.type(value)
  await panel.press('button', t('credits.limits.save'))
  await panel.reads(t('credits.limits.saved'))
}
const words = 'my own words'

describe('too few credits', () => {
  test('Generate says so, with the packs and the cheaper model as ways on; the draft stays', async () => {
    await panel.writePrompt(words)
    await panel.press('button', t('studio.model.all', { number: await countOfModels() }))
    await press('the dear model', `.models [data-model="${dear.id}"] .models-row > [aria-pressed]`)
    await panel.page.waitForSelector('.studio-go .button-act[aria-disabled=true]')
    await panel.press('button', t('credits.add'))
    await panel.page.waitForSelector('.credits-packs li:first-child button:focus')
    await everywhere(free)
    await panel.press('button', t('credits.back'))
    await panel.promptBecomes(words)
    await panel.press('button', t('studio.wait.use_instead', { model: cheap.name.en, price: 1 }))
    await panel.page.waitForSelector(`[role=radio][data-value="${cheap.id}"][aria-checked=true]`)
    await panel.promptBecomes(words)
    expect(openai.calls).toEqual([])
  })

  test('after a result that leaves little, the panel says how much, until it is told not to', async () => {
    expect(await panel.page.$('.credits-low')).toBeNull()
    await panel.generate()
    await panel.newPicture([])
    await panel.reads(t('credits.low', { count: 1, available: t('credits.count', { count: 1 }) }))
    await panel.press('button', t('credits.low.close'))
    await waitUntil(panel.page, 'no note', () => document.querySelector('.credits-low') === null)
  })

  const countOfModels = async () => {
    const catalogue = await readCatalogue(session.backend.origin)
    return catalogue.filter(({ kind, status }) => kind === 'image' && status !== 'retired').length
  }
})

describe('buying from the panel', () => {
  test('a declined card changes nothing; a paid one is in the header, on the page and in the statement', async () => {
    await openCredits()
    await everywhere(1)
    expect(await panel.text()).toContain(t('credits.test'))
    const checkout = await choosePack('m', 'usd')
    await checkout.reads(web['test.mark'])
    await purchaseBecomes('open')
    await checkout.press(web['test.decline'])
    await checkout.reads(web['test.declined'])
    expect(await panel.balance()).toBe(1)
    await checkout.press(web['test.pay'])
    await checkout.reads(web['purchase.paid.text'])
    await everywhere(1101)
    await purchaseBecomes('paid')
    await panel.reads(t('credits.added', { count: '1,100' }))
    expect(await kinds()).toEqual(['purchase', 'spent', 'free'].map(kind => t(`credits.kind.${kind}`)))
    await checkout.page.close()
  })

  test('in yen at a convenience store: shown as on its way, and there once it is paid', async () => {
    const checkout = await choosePack('s', 'jpy')
    await checkout.press(web['test.konbini'])
    await purchaseBecomes('pending')
    expect(await panel.text()).toContain(t('credits.awaited.pending'))
    expect(await panel.balance()).toBe(1101)
    await checkout.reads(web['purchase.pending'])
    await checkout.press(web['test.konbini.paid'])
    await checkout.reads(web['purchase.paid.text'])
    await everywhere(1601)
    await waitUntil(panel.page, 'nothing awaited', () => !document.querySelector('.credits-rows [data-state=pending]'))
    await checkout.page.close()
  })

  test('a pack that is not used goes back on the web page, and its credits leave the panel', async () => {
    const what = t('credits.purchase.refund')
    const label = t('credits.purchase.named', { what, pack: '500 credits · ¥750' })
    const page = await webPageAfter(session.chromium.browser, () => panel.press('button', label))
    await page.press(web['purchase.refund'].replace('{price}', '¥750'))
    await page.reads(web['purchase.refunded.text'])
    await everywhere(1101)
    await purchaseBecomes('refunded')
    expect((await kinds())[0]).toBe(t('credits.kind.refund'))
    await page.page.close()
  })
})

test('the statement shows one kind alone, and is saved as CSV', async () => {
  await panel.page.select('.credits-statement select', 'purchase')
  await waitUntil(panel.page, 'two lines', () => document.querySelectorAll('.credits-statement tbody tr').length === 2)
  expect(await kinds()).toEqual([t('credits.kind.purchase'), t('credits.kind.purchase')])
  const folder = join(session.backend.dataDir, 'downloads')
  const debug = await panel.page.createCDPSession()
  const saved = new Promise<void>(resolve =>
    debug.on('Browser.downloadProgress', ({ state }) => state === 'completed' && resolve()),
  )
  await debug.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: folder, eventsEnabled: true })
  await panel.press('button', t('credits.statement.csv'))
  await saved
  const lines = (await readFile(join(folder, 'mimicit-credits.csv'), 'utf8')).trim().split('\r\n')
  expect(lines.slice(1).map(line => line.split(',').slice(1, 4))).toEqual([
    ['purchase', 'paid', '500'],
    ['purchase', 'paid', '1100'],
  ])
  await panel.page.select('.credits-statement select', 'all')
  await everywhere(1101)
})

describe('own limits', () => {
  beforeEach(openCredits)

  test('a cap that would be passed stops the press before anything is sent; changing it leads on', async () => {
    await setLimit(1, '1')
    await make()
    const known = await panel.pictures()
    await panel.pressGenerate()
    await panel.reads(t('problems.cap_reached_day', { need: 1, cap: 1, used: 1 }))
    await panel.press('button', t('credits.change_limit'))
    await panel.page.waitForSelector('.credits-limits label:first-of-type input:focus')
    await setLimit(1, '50')
    await make()
    await panel.promptBecomes(words)
    expect(await panel.has('button', t('credits.change_limit'))).toBe(false)
    expect(await panel.pictures()).toEqual(known)
    await panel.generate()
    await panel.newPicture(known)
    await panel.balanceBecomes(1100)
  })

  test('“ask me above”: asked once, and one yes makes the picture', async () => {
    await setLimit(3, '0')
    await make()
    const known = await panel.pictures()
    await panel.pressGenerate()
    await panel.reads(t('problems.confirmation_needed', { need: 1, limit: 0 }))
    await panel.promptBecomes(words)
    await panel.press('button', t('credits.confirm'))
    await panel.newPicture(known)
    await panel.balanceBecomes(1099)
  })

  test('what is no number of credits is not saved', async () => {
    await press('the limit', '.credits-limits label:nth-of-type(2) input')
    await panel.page.keyboard.type('many')
    await panel.reads(t('credits.limits.wrong'))
    await panel.page.waitForSelector('.credits-save button[aria-disabled=true]')
  })
})

test('with the panel closed, the page of the purchase has the extension read its balance again', async () => {
  await openCredits()
  const before = await panel.balance()
  const checkout = await choosePack('s', 'usd')
  await panel.page.close()
  await checkout.press(web['test.pay'])
  await checkout.reads(web['purchase.paid.text'])
  const worker = await session.chromium.worker()
  const known = () => worker.evaluate(async () => (await chrome.storage.session.get('balance')).balance)
  await expect.poll(known).toMatchObject({ value: { available: before + 500 } })
  await session.page.bringToFront()
  panel = await session.reopenPanel()
  await panel.balanceBecomes(before + 500)
  await checkout.page.close()
})
