import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { TestBackend } from './fixtures/backend.ts'
import { openSession, type Session } from './fixtures/session.ts'
import { type SampleSite, sampleNames, startSampleSite } from './fixtures/sites/sample.ts'
import { texts } from './fixtures/texts.ts'
import { type PanelPage, panelPage } from './pages/panel-page.ts'
import { waitUntil } from './pages/wait.ts'

const t = texts('en')
let session: Session<SampleSite>
let backend: TestBackend
let panel: PanelPage

beforeAll(async () => {
  session = await openSession({ site: startSampleSite })
  ;({ backend, panel } = session)
  await panel.press('radio', '512')
})
afterAll(() => session?.close())

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
  if ((await panel.slotStates()).length === 0) await panel.takeFromStrip(sampleNames.lake)
  await panel.sourcesReady(1)
})

describe('the first Generate', () => {
  test('[P93] [P94] says where the pictures go, once, and sends nothing before that was read', async () => {
    const calls = backend.calls()
    await panel.pressGenerate()
    await panel.reads(t('studio.disclosure.advice'))
    await panel.page.keyboard.press('Escape')
    expect(backend.calls()).toBe(calls)
    expect(await panel.pictures()).toEqual([])
    await panel.pressGenerate()
    await panel.press('button', t('studio.disclosure.yes'))
    await panel.newPicture([])
    expect(backend.calls()).toBe(calls + 1)
  })

  test('is remembered with the maker and its country', async () => {
    const stored = await panel.page.evaluate(async () => (await chrome.storage.local.get('acknowledged')).acknowledged)
    expect(stored).toMatchObject({ value: [{ maker: 'Mimicit', country: null }] })
  })
})

describe('one press is one job', () => {
  test('a double click with Ctrl+Enter on top', async () => {
    const known = await panel.pictures()
    const before = { calls: backend.calls(), credits: await panel.balance() }
    backend.hold()
    await panel.pressGenerate({ count: 2 })
    await panel.keys('Control', 'Enter')
    backend.release()
    await panel.newPicture(known)
    expect(backend.calls()).toBe(before.calls + 1)
    await panel.balanceBecomes(before.credits - 1)
  })

  test('tried again after the backend was away: the same key, one charge, the draft kept', async () => {
    const known = await panel.pictures()
    const credits = await panel.balance()
    await panel.writePrompt('noir')
    await recordSends()
    await backend.down()
    await panel.pressGenerate()
    await panel.reads(t('problems.unreachable'))
    await backend.restart()
    await panel.press('button', t('studio.retry'))
    await panel.newPicture(known)
    const keys = await sends()
    expect(keys).toHaveLength(2)
    expect(new Set(keys).size).toBe(1)
    expect(await panel.prompt()).toBe('noir')
    await panel.balanceBecomes(credits - 1)
  })

  test('[C87d] whose answer got lost on the way: pressed again, it is the same job', async () => {
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
    await panel.pressGenerate()
    await panel.press('button', t('studio.retry'))
    await panel.newPicture(known)
    await panel.balanceBecomes(before.credits - 1)
    expect(backend.calls()).toBe(before.calls + 1)
    expect(await panel.pictures()).toHaveLength(known.length + 1)
  })
})

describe('the words', () => {
  test('rolled by the dice come back by undo', async () => {
    await panel.writePrompt('my own words')
    await panel.press('button', t('studio.prompt.dice'))
    await waitUntil(panel.page, 'other words', () => {
      const field = document.querySelector<HTMLTextAreaElement>('#studio-prompt')
      return field?.value !== 'my own words' && field?.value.includes(', ')
    })
    await panel.press('button', t('panel.undo'))
    await panel.promptBecomes('my own words')
  })

  test('used before come with Up in an empty field, and Down leads back to the draft', async () => {
    await panel.writePrompt('used before')
    await panel.pressGenerate()
    await waitUntil(panel.page, 'the words remembered', async () =>
      JSON.stringify(await chrome.storage.local.get('prompts')).includes('used before'),
    )
    await panel.writePrompt('x')
    await panel.page.keyboard.press('Backspace')
    await panel.page.keyboard.press('ArrowUp')
    await panel.promptBecomes('used before')
    await panel.page.keyboard.press('ArrowDown')
    await panel.promptBecomes('')
  })
})

describe('two windows', () => {
  /** A window of its own with a page in front, and the panel beside it. */
  const openWindow = async (name: string) => {
    const page = await session.chromium.openWindow(`${session.site.url}?${name}`)
    return { page, panel: panelPage(await session.chromium.openPanel(page), t) }
  }

  /** From now on this panel hears late that something was stored, as on a slow disk. */
  const slowDown = (panel: PanelPage) =>
    panel.page.evaluate(() => {
      const store = chrome.storage.local.set.bind(chrome.storage.local) as (items: object) => Promise<void>
      chrome.storage.local.set = async (items: object) => {
        await store(items)
        await new Promise(() => {})
      }
    })

  test('have a draft each; a closed window’s draft is taken up by the next one, to the last letter', async () => {
    await panel.writePrompt('first window')
    const second = await openWindow('second')
    await second.panel.page.waitForSelector('.sources-tile')
    expect(await second.panel.prompt()).toBe('')
    await second.panel.balanceBecomes(await panel.balance())
    await slowDown(second.panel)
    await second.panel.writePrompt('second window')
    await second.page.close()
    expect(await panel.prompt()).toBe('first window')

    const third = await openWindow('third')
    await third.panel.promptBecomes('second window')
    await third.page.close()
  })
})
