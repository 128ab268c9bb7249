import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { en } from '../../bff/web/locales/en.ts'
import { openSession, type Session } from './fixtures/session.ts'
import { type SampleSite, sampleNames, startSampleSite } from './fixtures/sites/sample.ts'
import { texts } from './fixtures/texts.ts'
import { openSignIn, signInPage } from './pages/sign-in-page.ts'
import { webPageAfter } from './pages/web-page.ts'

const t = texts('en')
const day = 24 * 60 * 60_000
let session: Session<SampleSite>

beforeAll(async () => {
  session = await openSession({ site: startSampleSite })
  await session.panel.takeFromStrip(sampleNames.lake)
  await session.panel.sourcesReady(1)
  await session.panel.press('radio', '512')
})
afterAll(() => session?.close())

let before: number
let known: string[]
beforeEach(async () => {
  before = await session.panel.balance()
  known = await session.panel.pictures()
})

/** As somebody with the database in hands changes it while the backend runs. */
const change = (sql: string) => {
  const sqlite = new Sqlite(join(session.backend.dataDir, 'mimicit.db'))
  try {
    return sqlite.prepare(sql).run().changes
  } finally {
    sqlite.close()
  }
}
const expireAccess = () => expect(change(`update token set expires_at = 1 where kind = 'access'`)).toBeGreaterThan(0)

/** The draft stands as it was written, and one press makes one picture for one price. */
const expectOnePicture = async (words: string) => {
  expect(await session.panel.prompt()).toBe(words)
  await session.panel.newPicture(known)
  await session.panel.balanceBecomes(before - 1)
}

test('[C88a] the token ends while one writes: nothing is asked, the press goes through', async () => {
  await session.panel.writePrompt('ink, while the token ends')
  expireAccess()
  await session.panel.generate()
  await expectOnePicture('ink, while the token ends')
})

test('[C88c] the token ends while one waits for the picture: it comes all the same', async () => {
  await session.panel.writePrompt('poster, while one waits')
  session.backend.hold()
  await session.panel.generate()
  await session.panel.page.waitForSelector('[data-job]')
  expireAccess()
  session.backend.release()
  await expectOnePicture('poster, while one waits')
})

test('the backend is down when the token has to be renewed: nobody is signed out, the same press goes on', async () => {
  await session.panel.writePrompt('noir, with the backend down')
  const worker = await session.chromium.worker()
  await worker.evaluate(() => chrome.storage.session.remove('access'))
  await session.backend.down()
  await session.panel.generate()
  await session.panel.reads(t('problems.unreachable'))
  expect(await session.panel.has('button', t('account.sign_in.again'))).toBe(false)
  await session.backend.restart()
  await session.panel.press('button', t('studio.retry'))
  await expectOnePicture('noir, with the backend down')
})

test.each([day, -day])('the clock of this computer is off by %d ms: work goes on', async off => {
  const shift = (ms: number) => {
    const real = Date.now
    Date.now = () => real() + ms
  }
  await session.panel.writePrompt(`pencil, off by ${off}`)
  await session.panel.page.evaluate(shift, off)
  await (await session.chromium.worker()).evaluate(shift, off)
  expireAccess()
  await session.panel.generate()
  await expectOnePicture(`pencil, off by ${off}`)
  await session.panel.page.evaluate(shift, -off)
  await (await session.chromium.worker()).evaluate(shift, -off)
})

test('a new policy: said at Generate, answered on the page, the draft goes on', async () => {
  await session.panel.writePrompt('pixel, under a new policy')
  // What was agreed to last is no longer the policy in force.
  change(
    `insert into consent (person_id, kind, answer, version, at) select id, 'makers', 'yes', '2020-01-01', 0 from person`,
  )
  await session.panel.generate()
  await session.panel.reads(t('problems.consent_needed'))
  const opened = webPageAfter(session.chromium.browser, () => session.panel.press('button', t('account.consent.open')))
  const tab = await signInPage(await opened)
  await tab.reads(en['consent.heading'])
  await tab.answer()
  await tab.reads(en['consent.done.text'])
  await tab.page.close()
  await session.page.bringToFront()
  await session.panel.generate()
  await expectOnePicture('pixel, under a new policy')
})

test('paused on the account page: Generate says so and leads there; going on is one press', async () => {
  await session.panel.writePrompt('halftone, after a pause')
  await session.panel.press('button', t('panel.menu'))
  const tab = await webPageAfter(session.chromium.browser, () => session.panel.press('button', t('account.page')))
  await tab.press(en['account.pause.go'])
  await tab.reads(en['account.paused'])
  await session.page.bringToFront()
  await session.panel.generate()
  await session.panel.reads(t('problems.account_paused'))
  expect(await session.panel.balance()).toBe(before)
  await tab.page.bringToFront()
  await tab.press(en['account.resume'])
  await tab.reads(en['account.pause.text'])
  await tab.page.close()
  await session.page.bringToFront()
  await session.panel.generate()
  await expectOnePicture('halftone, after a pause')
})

test('signed out everywhere from the page: the panel notices at once, and the draft waits for the next sign-in', async () => {
  await session.panel.writePrompt('watercolour, signed out elsewhere')
  await session.panel.press('button', t('panel.menu'))
  const tab = await webPageAfter(session.chromium.browser, () => session.panel.press('button', t('account.page')))
  await tab.press(en['account.everywhere'])
  await tab.reads(en['home.signed-out'])
  await tab.page.close()
  await session.panel.reads(t('account.expired'))
  expect(await session.panel.prompt()).toBe('watercolour, signed out elsewhere')
  const again = await openSignIn(session.chromium.browser, session.panel)
  await again.choose()
  await again.connect()
  await session.panel.balanceBecomes(before)
  await session.page.bringToFront()
  await session.panel.generate()
  await expectOnePicture('watercolour, signed out elsewhere')
})

test('[C88b] signed out between the press and its answer: said in place, and the same press goes on after signing in', async () => {
  await session.panel.writePrompt('gouache, in between')
  change(`update token_family set revoked_at = 1 where revoked_at is null`)
  await session.panel.generate()
  await session.panel.reads(t('account.expired'))
  const tab = await openSignIn(session.chromium.browser, session.panel)
  await tab.connect()
  await session.panel.balanceBecomes(before)
  await session.page.bringToFront()
  await session.panel.generate()
  await expectOnePicture('gouache, in between')
})
