import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Area, rowOf } from '../platform/storage/table.ts'
import { openSession, type Session } from './fixtures/session.ts'
import { type SampleSite, sampleNames, startSampleSite } from './fixtures/sites/sample.ts'
import { texts } from './fixtures/texts.ts'
import { storedThings } from './probes/stored-things.ts'

const t = texts('en')
const used = 'ink, the words that were used'
const begun = 'watercolour, the words that were begun'
let session: Session<SampleSite>

beforeAll(async () => {
  session = await openSession({ site: startSampleSite })
})
afterAll(() => session?.close())

/** A picture, words that were used and words that were only begun: what somebody leaves behind. */
const work = async () => {
  const { panel } = session
  const known = await panel.pictures()
  if ((await panel.slotStates()).length === 0) await panel.takeFromStrip(sampleNames.lake)
  await panel.sourcesReady(1)
  await panel.press('radio', '512')
  await panel.writePrompt(used)
  await panel.generate()
  await panel.newPicture(known)
  await panel.writePrompt(begun)
}

/** Up in the empty field brings what was used before, if there is anything. */
const expectNothingOfTheirs = async () => {
  const { panel } = session
  expect(await panel.prompt()).toBe('')
  expect(await panel.slotStates()).toEqual([])
  await panel.page.focus('#studio-prompt')
  await panel.keys('ArrowUp')
  expect(await panel.prompt()).toBe('')
  const stored = await storedThings(panel.page)
  expect(stored).not.toContain(begun)
  expect(stored).not.toContain(sampleNames.lake)
  expect(JSON.parse(stored).local.prompts).toBeUndefined()
}

test('after a session of work, all that is stored has its row in the table', async () => {
  await work()
  const stored: Record<Area, object> = JSON.parse(await storedThings(session.panel.page))
  const found = Object.entries(stored).flatMap(([area, things]) => Object.keys(things).map(key => [area as Area, key]))
  const unknown = found.filter(([area, key]) => rowOf(area as Area, key as string) === undefined)
  expect(unknown).toEqual([])
  expect(found).toEqual(
    expect.arrayContaining([
      ['local', 'prompts'],
      ['indexedDB', 'results'],
      ['localStorage', 'theme'],
    ]),
  )
})

test('opened for another person than the one whose things are stored, the panel shows and keeps nothing of theirs', async () => {
  await work()
  await session.panel.page.close()
  const worker = await session.chromium.worker()
  await worker.evaluate(() => chrome.storage.local.set({ owner: { version: 1, value: 'somebody-else' } }))
  const panel = await session.reopenPanel()
  await panel.balance()
  await expectNothingOfTheirs()
})

test('after a sign-out, what this computer kept of the work is cleared: words, pictures and draft', async () => {
  await work()
  const { panel } = session
  await panel.press('button', t('panel.menu'))
  await panel.press('button', t('account.sign_out'))
  await panel.reads(t('account.signed_out'))
  await expectNothingOfTheirs()
  expect(await storedThings(panel.page)).not.toContain(used)
  expect(await panel.pictures()).toEqual([])
})
