import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import type { Page } from 'puppeteer'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { launchBrowser, type TestBrowser } from '../fixtures/browser.ts'
import { texts } from '../fixtures/texts.ts'
import { holdTimeLimits, type TimeLimits } from '../fixtures/time-limits.ts'
import { type PanelPage, panelPage } from '../pages/panel-page.ts'
import { keptOriginal } from '../probes/kept-original.ts'
import { watchSent } from '../probes/requests.ts'
import { paint } from './pictures.ts'
import type { Group, Row } from './rows.ts'
import { type MatrixSite, startMatrixSite } from './site.ts'
import { endless, groups, neverListed, silent, slow } from './table.ts'

const t = texts('en')
let site: MatrixSite
let chromium: TestBrowser
let page: Page
let panel: PanelPage
let sent: Awaited<ReturnType<typeof watchSent>>

beforeAll(async () => {
  site = await startMatrixSite()
  site.page('/', 'Visited once, so that both origins know this browser.')
  chromium = await launchBrowser()
  for (const origin of [site.there, site.here]) await (await chromium.openPage(`${origin}/`)).close()
  page = await chromium.openPage(`${site.here}/`)
  panel = panelPage(await chromium.openPanel(page), t)
  await panel.press('button', t('panel.welcome.start'))
  sent = await watchSent(panel.page, await chromium.worker())
})
afterEach(async () => {
  await panel.clearSources()
  if (await panel.has('button', t('sources.pick_stop'))) await panel.press('button', t('sources.pick_stop'))
})
afterAll(async () => {
  await chromium?.close()
  await site?.close()
})

/** Pictures asked for by our script or the panel; a page's own <img> names another destination. */
const readings = () => site.asked.filter(({ headers }) => headers['sec-fetch-dest'] === 'empty')

/** Shows these rows and waits until the strip lists as many pictures. */
async function show(path: string, body: string, count: number, headers?: Record<string, string>) {
  site.page(path, `<script src="/page.js"></script>${body}`, headers)
  site.asked.length = 0
  sent.forget()
  await page.goto(site.here + path)
  await lists(count)
}

const lists = (count: number) => panel.listsPictures(count)

async function startPicking() {
  await panel.press('button', t('sources.pick'))
  await panel.reads(t('sources.pick_hint'))
  await page.bringToFront()
}

async function take({ name, click }: Row) {
  if (!click) return panel.takeFromStrip(name)
  await startPicking()
  await page.click(`[alt="${name}"]`)
}

/** Waits until the one slot is no longer being read; answers its state and the sentence beside it. */
async function outcome() {
  const slot = await panel.page.waitForSelector('.sources-slot:not([data-state=loading])')
  const state = await slot?.evaluate(element => (element as HTMLElement).dataset.state)
  const sentence = await panel.page.$eval('.sources-failures', ({ innerHTML }) => {
    const { body } = new DOMParser().parseFromString(innerHTML, 'text/html')
    for (const button of body.querySelectorAll('button')) button.remove()
    return body.textContent
  })
  return `${state}: ${sentence.trim()}`
}

const fingerprint = (bytes: Buffer) => `${bytes.length} bytes, ${createHash('sha256').update(bytes).digest('hex')}`

const pixels = async (picture: Buffer) => {
  const { data, info } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  return `${info.width} x ${info.height}, ${fingerprint(data)}`
}

/** The slot holds the original's bytes, or its pixels where nothing else can be had. */
async function expectArrived({ picture = '', by }: Row) {
  const [original, bytes] = [(await paint(basename(picture))).bytes, await keptOriginal(panel.page)]
  if (by === 'pixels') {
    expect(fingerprint(bytes)).not.toBe(fingerprint(original))
    expect(await pixels(bytes)).toBe(await pixels(original))
  } else expect(fingerprint(bytes)).toBe(fingerprint(original))
}

/** Only this picture was asked for; by the panel only where it is the way, without cookies and without Referer. */
function expectAnonymous({ picture, through, tried, by }: Row) {
  for (const { address } of readings()) expect([through, tried, picture]).toContain(new URL(address).pathname)
  const forIt = sent.all().filter(({ url }) => new URL(url).pathname !== tried)
  if (by) expect(forIt.length > 0).toBe(by === 'panel')
  for (const { headers } of sent.all()) {
    expect(headers).toHaveProperty('sec-fetch-mode')
    expect(headers).not.toHaveProperty('cookie')
    expect(headers).not.toHaveProperty('referer')
  }
}

describe.each(groups)('[P21] $name', ({ name, headers, far, rows }: Group) => {
  beforeAll(async () => {
    const body = rows.map(({ html }) => html).join('\n')
    const listed = rows.filter(({ unlisted }) => !unlisted).length
    const path = `/${name.replaceAll(/\W+/g, '-')}`
    if (!far) return show(path, body, listed, headers)
    await show(path, `<p style="height:9000px"></p>${body}`, 0, headers)
    await page.evaluate(() => scrollTo(0, 99_999))
    await lists(listed)
  })

  test('[P6] listing, hovering and outlining ask nobody for anything', async () => {
    await page.waitForFunction(() => [...document.images].every(image => image.complete || image.naturalWidth > 0))
    const before = site.asked.length
    // Found anew each time: lists of frames still come, and bring tiles anew.
    for (const row of rows.filter(({ click, unlisted }) => !click && !unlisted)) await panel.tile(row.name).hover()
    await startPicking()
    for (const thing of await page.$$('img, iframe, span')) await thing.hover()
    await page.keyboard.press('Escape')
    await panel.find('button', t('sources.pick'))
    expect(site.asked.slice(before)).toEqual([])
    expect(readings()).toEqual([])
    expect(sent.all()).toEqual([])
  })

  test.each(rows)('$name', async row => {
    site.asked.length = 0
    sent.forget()
    await take(row)
    expect(await outcome()).toBe(row.says ? `failed: ${row.name} ${t(`sources.failed.${row.says}`)}` : 'ready: ')
    if (row.by) await expectArrived(row)
    expectAnonymous(row)
  })
})

describe('a server that never comes to an end', () => {
  let limits: TimeLimits

  beforeAll(async () => {
    await show('/slow', [...silent, endless].map(({ html }) => html).join('\n'), silent.length + 1)
  })
  beforeEach(async () => {
    site.asked.splice(0)
    limits = await holdTimeLimits(panel.page)
  })
  afterEach(() => limits.release())

  const asked = () =>
    readings().map(({ headers, cut }) => `${headers.referer ? 'frame' : 'panel'}${cut ? ', cut' : ''}`)

  test.each(silent)('$name: taking the slot away ends the request', async ({ asker, ...row }) => {
    await take(row)
    await expect.poll(asked).toContain(asker)
    await panel.clearSources()
    await expect.poll(asked).toEqual(asker === 'frame' ? ['frame, cut'] : ['frame', 'panel, cut'])
  })

  test('an answer without an end is left at 32 MB, by the frame and by the panel', async () => {
    await take(endless)
    expect(await outcome()).toBe(`failed: ${endless.name} ${t('sources.failed.too_big')}`)
    await expect.poll(asked).toEqual(['frame, cut', 'panel, cut'])
    // More than 32 MB, because what lies in sockets and in Chrome's own pipes was written too.
    for (const { poured } of readings()) expect(poured).toBeLessThan(3 * 32 * 1024 * 1024)
  })

  test('twenty seconds are waited for; silence is not waited for without an end', async () => {
    const [silence] = silent
    if (!silence) throw new Error('No row is silent.')
    await show('/late', slow.html + silence.html, 2)
    await take(slow)
    await expect.poll(asked).toEqual(['frame'])
    await limits.pass(20_000)
    await expect.poll(asked).toEqual(['frame, cut', 'panel'])
    await limits.pass(20_000)
    site.answerLate()
    await panel.sourcesReady(1)
    await expectArrived(slow)
    await panel.clearSources()

    site.asked.splice(0)
    await take(silence)
    await expect.poll(asked).toEqual(['frame'])
    await limits.pass(60_000)
    await expect.poll(asked).toEqual(['frame, cut', 'panel'])
    await limits.pass(60_000)
    expect(await outcome()).toBe(`failed: ${silence.name} ${t('sources.failed.timed_out')}`)
    await expect.poll(asked).toEqual(['frame, cut', 'panel, cut'])
  })
})

describe('what is no picture to pick', () => {
  const real = 'the only one'

  beforeAll(async () => {
    const body = neverListed.map(({ name, html }) => `<div style="float:left" id="${name}">${html}</div>`).join('\n')
    await show('/never', `${body}<img alt="${real}" src="/plain/real.png">`, 1)
  })

  test('is not listed', async () => {
    const labels = await panel.page.$$eval('.sources-tile', tiles => tiles.map(tile => tile.ariaLabel))
    expect(labels).toEqual([`${real}, 240 × 160, PNG`])
  })

  test.each(neverListed)('is not taken by a click: $name', async ({ name }) => {
    await startPicking()
    const thing = await page.$(`[id="${name}"] > *`)
    const box = await thing?.boundingBox()
    if (box && box.width > 0 && box.x > 0) await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
    await page.mouse.move(0, 0)
    await page.hover(`[alt="${real}"]`)
    await panel.reads(t('sources.pick_at', { name: real, size: '240 × 160' }))
    expect(await panel.page.$$('.sources-slot')).toEqual([])
    expect(sent.all()).toEqual([])
  })
})
