import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { GenerationSpec } from '../../bff/contract/generations.ts'
import type { Model } from '../../bff/contract/models.ts'
import type { Reading } from '../../bff/contract/readings.ts'
import { eachLanguage } from '../../bff/contract/values.ts'
import type { ReadingRequest } from '../../bff/providers/provider.ts'
import { ProviderError } from '../../bff/providers/provider-error.ts'
import { createFakeProvider } from '../../bff/test/fake-provider.ts'
import { eachPart } from '../studio/prompt/parts/parts.ts'
import { firstModel, readCatalogue } from './fixtures/catalogue.ts'
import { openSession, type Session } from './fixtures/session.ts'
import { type SampleSite, sampleNames, startSampleSite } from './fixtures/sites/sample.ts'
import { texts } from './fixtures/texts.ts'
import type { PanelPage } from './pages/panel-page.ts'
import { waitUntil } from './pages/wait.ts'
import { watchSent } from './probes/requests.ts'
import { watchUploads } from './probes/uploads.ts'

const t = texts('en')
/** A maker of reading models, played by the test. */
const chat = createFakeProvider({ repeatable: false })

const boat: Reading = {
  ...eachLanguage(() => ({
    ...eachPart(() => ''),
    subject: 'a boat',
    style: 'indigo weave',
    light: 'haze',
    mood: 'calm',
  })),
  ja: { ...eachPart(() => ''), subject: '小舟', style: '藍染めの布目', light: '霧', mood: '静か' },
}

let session: Session<SampleSite>
let panel: PanelPage
let reader: Model
let catalogue: Model[]

beforeAll(async () => {
  session = await openSession({ site: startSampleSite, makers: new Map([['openai-chat', chat]]) })
  panel = session.panel
  catalogue = await readCatalogue(session.backend.origin)
  reader = firstModel(
    catalogue,
    ({ kind, country, availability }) => kind === 'reading' && country !== null && availability === 'ready',
  )
})
afterAll(() => session?.close())

const part = (name: string) => `[data-part="${name}"]`
const wordsOf = (name: string) =>
  panel.page.$eval(part(name), field => (field as HTMLTextAreaElement).value).catch(() => '')
const becomes = (name: string, words: string) =>
  panel.page.waitForFunction(
    (selector, text) => (document.querySelector<HTMLTextAreaElement>(selector)?.value ?? '') === text,
    {},
    part(name),
    words,
  )
const write = async (name: string, words: string) => {
  const field = await panel.page.waitForSelector(part(name))
  await field?.evaluate(element => element.scrollIntoView({ block: 'center' }))
  await field?.click({ count: 3 })
  await panel.page.keyboard.press('Backspace')
  await field?.type(words)
  await becomes(name, words)
}
const show = async (view: 'parts' | 'text') => {
  await panel.press('radio', t(`studio.prompt.${view}`))
  await panel.page.waitForSelector(view === 'text' ? 'textarea#studio-prompt:not([data-part])' : part('subject'))
}
const readName = () => `${t('reading.read')} ${t('studio.go.credits', { count: reader.price.base })}`
const chooseReader = async () => {
  await panel.page.waitForSelector(`.reading-reader option[value="${reader.id}"]`)
  await panel.page.select('.reading-reader', reader.id)
  await panel.find('button', readName())
}
/** Presses the button, and answers the maker's side of it. */
const read = async () => {
  const index = chat.calls.length
  await panel.press('button', readName())
  return chat.called(index)
}
const images = () => catalogue.filter(({ kind, status }) => kind === 'image' && status !== 'retired')
const say = (reading: Reading) => ({ kind: 'reading' as const, reading, usage: { microUsd: null } })

/** Every part empty and unlocked, one picture, the prompt in parts. */
beforeEach(async () => {
  await panel.page.evaluate(async () => {
    const keys = Object.keys(await chrome.storage.local.get(null)).filter(key => key.startsWith('draft.'))
    await chrome.storage.local.remove(keys)
  })
  await panel.page.reload()
  await panel.takeFromStrip(sampleNames.lake)
  await panel.sourcesReady(1)
  await chooseReader()
})

describe('reading a picture', () => {
  test('[P8] sends nothing before it is pressed and acknowledged, then that one picture alone', async () => {
    const sent = await watchSent(panel.page, await session.chromium.worker())
    const written = () => sent.all().filter(({ method }) => method !== 'GET')
    await panel.tile(sampleNames.textile).hover()
    await panel.takeFromStrip(sampleNames.textile)
    await panel.sourcesReady(2)
    const upload = await watchUploads(panel.page)
    await panel.writePrompt('on its way nowhere')
    await panel.press('button', t('studio.model.all', { number: images().length }))
    await panel.page.keyboard.press('Escape')
    await panel.writePrompt('')
    await panel.press('button', readName())
    await panel.reads(t('reading.disclosure.yes'))
    expect(await panel.text()).toContain(reader.maker.en)
    expect(await panel.text()).toContain(t('studio.disclosure.advice'))
    await panel.page.keyboard.press('Escape')
    expect(written()).toEqual([])
    expect(sent.all().filter(({ url }) => url.startsWith(session.site.url))).toEqual([])
    expect(chat.calls).toHaveLength(0)

    const credits = await panel.balance()
    await panel.press('button', readName())
    await panel.press('button', t('reading.disclosure.yes'))
    const call = await chat.called(0)
    const uploaded = await upload()
    expect(JSON.parse(uploaded.spec)).toMatchObject({ model: reader.id, prompt: '', sources: [{ weight: 100 }] })
    expect(uploaded.pictures).toHaveLength(1)
    expect(written().map(({ method, url }) => `${method} ${url}`)).toEqual([
      `POST ${session.backend.origin}/v1/generations`,
    ])
    call.say(say(boat))
    await becomes('subject', 'a boat')
    await becomes('mood', 'calm')
    await panel.page.waitForFunction(
      left => document.querySelector('.balance b')?.textContent === String(left),
      {},
      credits - reader.price.base,
    )
  })

  test('names the maker of the model that reads, its country and its policy', async () => {
    await panel.press('button', t('studio.model.info_named', { model: reader.name.en }))
    const info = await panel.page.waitForSelector('.reading .models-info')
    const text = await info?.evaluate(found => found.textContent)
    expect(text).toContain(reader.maker.en)
    expect(text).toContain('US')
    expect(await info?.$eval('a', link => link.href)).toBe(reader.policy)
  })

  test('fills only what is empty: own words, a locked part and what is being written stay; undo takes it back', async () => {
    await show('parts')
    await write('style', 'my own ink')
    await panel.press('button', t('studio.part.lock', { part: t('studio.part.light') }))
    const call = await read()
    await panel.page.focus(part('subject'))
    call.say(say(boat))
    await becomes('mood', 'calm')
    expect(await Promise.all(['subject', 'style', 'light'].map(wordsOf))).toEqual(['', 'my own ink', ''])
    await panel.press('button', t('panel.undo'))
    await panel.page.waitForFunction(() => document.querySelector('[data-part="mood"]') === null)
    expect(await wordsOf('style')).toBe('my own ink')
  })

  test('offers its words for parts that have others, and takes their place only when asked', async () => {
    await panel.writePrompt('my cat')
    const call = await read()
    call.say(say(boat))
    await becomes('light', 'haze')
    expect(await wordsOf('subject')).toBe('my cat')
    await panel.press('button', t('reading.use_offered'))
    await becomes('subject', 'a boat')
    // The newest of the two changes that can be taken back.
    await panel.page.keyboard.down('Control')
    await panel.page.keyboard.press('z')
    await panel.page.keyboard.up('Control')
    await becomes('subject', 'my cat')
    expect(await wordsOf('light')).toBe('haze')
  })

  test('begins at any picture: it is that one that is read', async () => {
    await panel.takeFromStrip(sampleNames.textile)
    await panel.sourcesReady(2)
    const second = (await panel.page.$$('.sources-slot .sources-picture'))[1]
    await second?.click()
    const index = chat.calls.length
    await panel.press('button', t('reading.read_at', { price: t('studio.go.credits', { count: reader.price.base }) }))
    const call = await chat.called(index)
    const { source } = call.request as unknown as ReadingRequest
    const shown = await panel.page.$$eval('.sources-slot img', ([, img]) => {
      const { naturalWidth, naturalHeight } = img as HTMLImageElement
      return naturalWidth / naturalHeight
    })
    expect(source.width / source.height).toBeCloseTo(shown, 1)
    call.say(say(boat))
    await becomes('subject', 'a boat')
  })

  test('is there in both languages at once: switching asks nobody', async () => {
    const call = await read()
    call.say(say(boat))
    await becomes('style', 'indigo weave')
    const calls = chat.calls.length
    await panel.press('radio', '日本語')
    await becomes('style', '藍染めの布目')
    await write('light', '月の光')
    await panel.press('radio', 'English')
    await becomes('style', 'indigo weave')
    expect(await wordsOf('light')).toBe('月の光')
    expect(chat.calls).toHaveLength(calls)
  })

  test('leads from a picked picture to an edited prompt to a new picture', async () => {
    const call = await read()
    call.say(say(boat))
    await becomes('subject', 'a boat')
    await write('style', 'ink')
    await write('mood', '')
    const upload = await watchUploads(panel.page)
    const known = await panel.pictures()
    await panel.generate()
    await panel.newPicture(known)
    const spec = JSON.parse((await upload()).spec) as GenerationSpec
    expect(spec.prompt).toBe('a boat. ink. haze')
    await show('text')
    expect(await panel.page.$eval('#studio-prompt', field => (field as HTMLTextAreaElement).value)).toBe(spec.prompt)
  })

  test('goes on while the panel is closed: its words are taken in when it opens again', async () => {
    const call = await read()
    await panel.page.waitForFunction(
      async id => {
        const all = await chrome.storage.local.get(null)
        return Object.entries(all).some(
          ([key, item]) =>
            key.startsWith('draft.') && (item as { value: { awaited: unknown } }).value.awaited !== null && id,
        )
      },
      {},
      true,
    )
    await panel.page.reload()
    call.say(say(boat))
    await becomes('subject', 'a boat')
  })

  test('pressed without a line says so, and no longer once the line is back: then it is read at one press', async () => {
    const calls = chat.calls.length
    await panel.page.setOfflineMode(true)
    await panel.press('button', readName())
    if (await panel.page.$('.studio-disclosure')) await panel.press('button', t('reading.disclosure.yes'))
    const note = '.reading [role=alert] .note'
    await panel.page.waitForSelector(note)
    expect(await panel.page.$eval(note, found => found.textContent)).toContain(t('problems.offline'))
    await panel.page.setOfflineMode(false)
    await waitUntil(panel.page, 'the note to go', selector => document.querySelector(selector) === null, note)
    expect(chat.calls).toHaveLength(calls)
    const call = await read()
    call.say(say(boat))
    await becomes('subject', 'a boat')
  })

  test('that brings no words says why, and can be tried again', async () => {
    const call = await read()
    call.fail(new ProviderError({ kind: 'blocked', stage: 'input', reason: 'person' }))
    await panel.reads(t('results.blocked.cause.person'))
    const index = chat.calls.length
    await panel.press('button', t('studio.retry'))
    const again = await chat.called(index)
    again.say(say(boat))
    await becomes('subject', 'a boat')
  })
})

test('a locked part is not changed by the dice; the others come back by undo', async () => {
  await show('parts')
  await write('style', 'my own ink')
  await write('light', 'noon')
  await panel.press('button', t('studio.part.lock', { part: t('studio.part.style') }))
  await panel.press('button', t('studio.prompt.dice'))
  await panel.page.waitForFunction(
    () => document.querySelector<HTMLTextAreaElement>('[data-part="light"]')?.value !== 'noon',
  )
  expect(await wordsOf('style')).toBe('my own ink')
  expect(await wordsOf('colour')).not.toBe('')
  await panel.press('button', t('panel.undo'))
  await becomes('light', 'noon')
})

test('the words are copied in the form that another tool wants', async () => {
  await show('parts')
  await write('subject', 'a boat')
  await write('style', 'ink')
  await panel.press('button', t('studio.part.all'))
  await write('negative', 'people')
  await panel.page.evaluate(() => {
    navigator.clipboard.writeText = async text => void Object.assign(window, { copied: text })
  })
  await panel.press('button', t('studio.copy'))
  await panel.press('button', t('studio.copy.midjourney'))
  await panel.reads(t('studio.copy.done', { format: t('studio.copy.midjourney') }))
  expect(await panel.page.evaluate(() => (window as unknown as { copied: string }).copied)).toBe(
    'a boat, ink --no people',
  )
})

test('nothing is cut off or scrolls sideways at 320 px: parts, offered words, all models', async () => {
  await panel.writePrompt('my own words')
  const call = await read()
  call.say(say(boat))
  await panel.reads(t('reading.keep_own'))
  await panel.page.setViewport({ width: 320, height: 860 })
  const overflow = () =>
    panel.page.evaluate(() =>
      [document.documentElement, ...document.querySelectorAll('.models-list, .prompt-parts, .reading, .studio-options')]
        .filter(element => element.scrollWidth > element.clientWidth)
        .map(element => element.className || element.tagName),
    )
  expect(await overflow()).toEqual([])
  await panel.press('button', t('studio.model.all', { number: images().length }))
  await panel.page.waitForSelector('.models-row')
  expect(await overflow()).toEqual([])
  await panel.page.keyboard.press('Escape')
  await panel.page.setViewport({ width: 360, height: 860 })
})
