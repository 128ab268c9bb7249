import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { en } from '../../bff/web/locales/en.ts'
import { openSession, type Session } from './fixtures/session.ts'
import { type SampleSite, sampleNames, startSampleSite } from './fixtures/sites/sample.ts'
import { texts } from './fixtures/texts.ts'
import { type PanelPage, panelPage } from './pages/panel-page.ts'
import { openSignIn } from './pages/sign-in-page.ts'
import { waitUntil } from './pages/wait.ts'

const t = texts('en')
const ada = { name: 'Ada', email: 'ada@example.test' }
const grace = { name: 'Grace', email: 'grace@example.test' }
let session: Session<SampleSite>

beforeAll(async () => {
  session = await openSession({ site: startSampleSite, account: null })
})
afterAll(() => session?.close())

const people = () => {
  const sqlite = new Sqlite(join(session.backend.dataDir, 'mimicit.db'), { readonly: true })
  try {
    return sqlite.prepare('select count(*) from person').pluck().get()
  } finally {
    sqlite.close()
  }
}
const start = (panel: PanelPage = session.panel) => openSignIn(session.chromium.browser, panel)
const signOut = async () => {
  await session.panel.press('button', t('panel.menu'))
  await session.panel.press('button', t('account.sign_out'))
  await session.panel.find('button', t('account.sign_in.generate'))
}
/** The menu names who is signed in. */
const menuNames = async ({ name, email }: typeof ada, panel = session.panel) =>
  waitUntil(
    panel.page,
    `${name} in the menu`,
    wanted => document.querySelector('.menu-person')?.textContent === wanted,
    name + email,
  )

test('saying no: the page says so, closing it is told in the panel, and nothing is stored', async () => {
  const tab = await start()
  await session.panel.reads(t('account.sign_in.waiting'))
  await tab.follow(en['embedded.cancel'])
  await tab.reads(en.cancelled)
  await tab.page.close()
  await session.panel.reads(t('problems.sign_in_closed'))
  expect(people()).toBe(0)
})

test('younger than 13: a plain word, no account, no cookie, and the panel can still be used', async () => {
  const tab = await start()
  await tab.add(grace)
  await tab.answer('under_13')
  await tab.reads(en['welcome.young'])
  expect(await tab.page.cookies()).toEqual([])
  expect(people()).toBe(0)
  await tab.page.close()
  await session.panel.reads(t('problems.sign_in_closed'))
})

test('[P29] cookies that are gone when the provider leads back: said with a way on, without a loop', async () => {
  const tab = await start()
  await tab.page.waitForSelector('input[name=email]')
  await tab.page.deleteCookie(...(await tab.page.cookies()))
  await tab.add({ name: 'Nobody', email: 'nobody@example.test' })
  await tab.reads(en['problem.sign_in_failed'])
  await tab.reads('without cookies you cannot sign in')
  expect(people()).toBe(0)
  await tab.page.close()
})

test('the first sign-in: through the page, the questions and back to where one was', async () => {
  const tab = await start()
  await tab.add(ada)
  await tab.reads(en['welcome.age'])
  await tab.answer('with_parent')
  await tab.connect()
  expect(await session.panel.balance()).toBe(50)
  await menuNames(ada)
  expect(people()).toBe(1)
  const left = (await session.chromium.browser.pages()).filter(page => page.url().startsWith(session.backend.origin))
  expect(left).toEqual([])
})

test('[C18] no token is anywhere but in the extension’s own storage, and a content script gets at none', async () => {
  const [world] = session.page.extensionRealms()
  const tried = await world!.evaluate(async () => {
    const areas = [chrome.storage.local, chrome.storage.session]
    const read = await Promise.allSettled(areas.map(area => area.get(null)))
    const asked = await Promise.race([
      chrome.runtime.sendMessage({ type: 'token' }).then(
        answer => answer ?? 'nothing',
        () => 'nobody',
      ),
      new Promise(resolve => setTimeout(resolve, 1000, 'silence')),
    ])
    return { read: read.map(({ status }) => status), asked }
  })
  expect(tried.read).toEqual(['rejected', 'rejected'])
  expect(['nothing', 'nobody', 'silence']).toContain(tried.asked)
})

test('[P23] another account: what is shown is the other’s, and nothing of the first is left', async () => {
  await session.panel.takeFromStrip(sampleNames.lake)
  await session.panel.sourcesReady(1)
  await session.panel.press('radio', '512')
  await session.panel.generate()
  await session.panel.newPicture([])
  await signOut()
  expect(await session.panel.pictures()).toEqual([])
  const tab = await start()
  await tab.follow(en['connect.other'])
  await tab.choose(grace)
  await tab.answer()
  await tab.connect()
  expect(await session.panel.balance()).toBe(50)
  await menuNames(grace)
  expect(await session.panel.pictures()).toEqual([])
  expect(people()).toBe(2)
})

test('the panel is closed in between: opened again, it is signed in', async () => {
  await signOut()
  const tab = await start()
  await session.panel.page.close()
  await tab.connect()
  const panel = await session.reopenPanel()
  expect(await panel.balance()).toBe(50)
})

test('two windows begin to sign in: either one ends it for both, and a late second one changes nothing', async () => {
  await signOut()
  const otherPage = await session.chromium.openWindow(session.site.url)
  const other = panelPage(await session.chromium.openPanel(otherPage), t)
  const first = await start()
  const second = await start(other)
  await second.connect()
  expect(await other.balance()).toBe(50)
  expect(await session.panel.balance()).toBe(50)
  await first.connect()
  await first.reads(en['handoff.silent'])
  await first.page.close()
  expect(await session.panel.balance()).toBe(50)
  await otherPage.close()
  await session.page.bringToFront()
})
