import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { parseSync, Visitor } from 'oxc-parser'
import type { Page } from 'puppeteer'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { launchBrowser, type TestBrowser } from './fixtures/browser.ts'
import { type PickingSite, startPickingSite } from './fixtures/sites/picking.ts'
import { outlinedBox, pickerInPage } from './pages/picker-overlay.ts'
import { contentScriptWorld, listenersInPage } from './probes/content-script.ts'
import { openPagePort } from './probes/page-port.ts'

let site: PickingSite
let chromium: TestBrowser
let page: Page
/** What the page's console said: nothing, whatever we do. */
let complaints: string[]

beforeAll(async () => {
  site = await startPickingSite()
  chromium = await launchBrowser()
})
afterAll(async () => {
  await chromium?.close()
  await site?.close()
})
beforeEach(async () => {
  complaints = []
  page = await chromium.openPage('about:blank')
  page.on('console', message => {
    if (['error', 'warn'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', error => complaints.push(String(error)))
})
afterEach(async () => {
  await page.close()
  expect(complaints).toEqual([])
})

const img = (name: string) => `<img src="${site.picture(name)}" alt="${name}" width="200" height="150">`

/** Shows a page of this body, at an address with a query. */
const show = async (body: string, query = '') => page.goto((await site.page('/', body)) + query)

const connect = async () => openPagePort(await chromium.worker(), page)

const builtScript = () => readFileSync(join(chromium.extension, 'content-scripts/picker.js'), 'utf8')

/** Lists, points, walks, takes, reads and places: all that the picker can do. */
async function pickEverything() {
  const port = await connect()
  const { frame, id } = await port.named('bait')
  await port.startPicking()
  await page.mouse.move(60, 60)
  await port.hears('where the pointer is', said => said.find(({ type }) => type === 'at'))
  await page.keyboard.press('ArrowRight')
  await port.post({ type: 'show', frame, id, block: 'center' })
  await page.mouse.click(60, 60)
  await port.hears('a picture taken', said => said.find(({ type }) => type === 'picked'))
  await port.read('bait')
  await port.post({ type: 'place', frame, id })
  await port.hears('where the picture is', said => said.find(message => message.type === 'place' && message.place))
  await port.post({ type: 'pick-stop' })
  return port
}

describe('the built content script', () => {
  test('at most 4 KB, compressed', () => {
    expect(gzipSync(builtScript(), { level: 9 }).length).toBeLessThanOrEqual(4 * 1024)
  })

  test('[P3] names nothing of a page that it must not read', () => {
    const manifest = JSON.parse(readFileSync(join(chromium.extension, 'manifest.json'), 'utf8'))
    expect(manifest.content_scripts.map(({ js }: { js: string[] }) => js)).toEqual([['content-scripts/picker.js']])
    const forbidden =
      /^(cookie|localStorage|sessionStorage|indexedDB|caches|inner(Text|HTML)|outer(Text|HTML)|textContent|location|href|title|history|navigation|referrer|clipboard|getSelection|forms|value|selectionStart|eval|Function|XMLHttpRequest|WebSocket|sendBeacon|sendMessage|dispatchEvent)$/
    const named: string[] = []
    new Visitor({
      Identifier: ({ name }) => void named.push(name),
      Literal: ({ value }) => void named.push(String(value)),
      TemplateElement: ({ value }) => void named.push(value.cooked ?? ''),
    }).visit(parseSync('picker.js', builtScript()).program)
    expect(named).toContain('naturalWidth')
    expect(named.filter(name => forbidden.test(name) || /\b(input|textarea|select|form)\b/.test(name))).toEqual([])
  })
})

test('[P4] nothing else of the page is read, and nothing of it comes to the panel', async () => {
  const canary = 'canary-93175'
  await show(
    `${img('bait')}<p>${canary}</p><textarea>${canary}</textarea>
     <form><input name="user" value="${canary}"><input type="password" value="${canary}"></form>
     <script>
       document.title = document.cookie = localStorage.x = sessionStorage.x = '${canary}'
     </script>`,
    `?token=${canary}`,
  )
  const world = contentScriptWorld(page)
  await world.evaluate(() => {
    const reads: Record<string, number> = {}
    const trap = (owner: object, ...names: string[]) => {
      for (const name of names) {
        const { get, ...rest } = Object.getOwnPropertyDescriptor(owner, name) ?? {}
        if (!get) throw new Error(`Nothing to watch at ${name}.`)
        Object.defineProperty(owner, name, {
          ...rest,
          get() {
            reads[name] = (reads[name] ?? 0) + 1
            return get.call(this)
          },
        })
      }
    }
    trap(Document.prototype, 'cookie', 'title', 'URL', 'documentURI', 'referrer', 'forms', 'links', 'activeElement')
    trap(Node.prototype, 'textContent', 'baseURI')
    trap(CharacterData.prototype, 'data')
    trap(HTMLElement.prototype, 'innerText', 'outerText')
    trap(Element.prototype, 'innerHTML', 'outerHTML')
    trap(HTMLInputElement.prototype, 'value', 'defaultValue')
    trap(HTMLTextAreaElement.prototype, 'value')
    trap(HTMLAnchorElement.prototype, 'href')
    trap(Navigator.prototype, 'clipboard', 'cookieEnabled')
    trap(window, 'localStorage', 'sessionStorage', 'indexedDB', 'history', 'caches')
    Object.assign(globalThis, { reads })
  })
  const port = await pickEverything()
  await page.focus('textarea')
  await page.keyboard.type(canary)
  const reads = () => world.evaluate(() => (globalThis as unknown as { reads: Record<string, number> }).reads)
  expect(await reads()).toEqual({})
  expect(JSON.stringify(await port.said())).not.toContain(canary)
  await port.close()
  await world.evaluate(() => document.title)
  expect(await reads()).toEqual({ title: 1 })
})

test('listing, hovering and outlining ask nobody for anything', async () => {
  await show(`${img('bait')}${img('other')}`)
  await page.waitForNetworkIdle({ idleTime: 200 })
  const before = site.asked.length
  const port = await connect()
  const { frame, id } = await port.named('bait')
  await port.startPicking()
  await page.mouse.move(60, 60)
  await page.mouse.move(300, 60)
  await port.post({ type: 'show', frame, id, block: 'center' })
  await expect.poll(() => outlinedBox(page)).toMatchObject({ text: '200 × 150 bait' })
  await port.post({ type: 'list' })
  await port.hears('another list', said => said.filter(({ type }) => type === 'pictures')[1])
  expect(site.asked.slice(before)).toEqual([])
  await port.close()
})

test('[P7] without a panel it changes nothing, says nothing, and only waits', async () => {
  const worker = await chromium.worker()
  await worker.evaluate(() => {
    const heard: unknown[] = []
    chrome.runtime.onMessage.addListener(message => void heard.push(message))
    chrome.runtime.onConnect.addListener(port => void heard.push(port.name))
    Object.assign(globalThis, { heard })
  })
  await page.evaluateOnNewDocument(() => {
    const changes: string[] = []
    new MutationObserver(records => {
      for (const { target, type } of records)
        if (document.readyState === 'complete') changes.push(`${type} ${target.nodeName}`)
    }).observe(document, { childList: true, subtree: true, attributes: true })
    addEventListener('message', ({ data }) => changes.push(`message ${JSON.stringify(data)}`))
    Object.assign(globalThis, { changes })
  })
  await site.page('/many', Array.from({ length: 5000 }, () => img('many')).join(''))
  for (let visit = 0; visit < 20; visit++) await page.goto(`${site.url}/${visit % 2 ? '?' : 'many?'}${visit}`)
  await page.mouse.click(60, 60)
  await page.keyboard.press('ArrowRight')
  expect(await page.evaluate('changes')).toEqual([])
  expect(await listenersInPage(page)).toEqual([])
  expect(await worker.evaluate(() => (globalThis as unknown as { heard: unknown[] }).heard)).toEqual([])
})

test('[C102] on a page of 5,000 pictures it costs nearly nothing: one listener, nothing watched, nothing searched', async () => {
  await show(Array.from({ length: 5000 }, () => img('many')).join(''))
  const run = `(() => {
    const did = []
    const chrome = { runtime: { onConnect: { hasListeners: () => false, addListener: () => did.push('onConnect') } } }
    const watched = [
      [MutationObserver.prototype, 'observe'],
      [IntersectionObserver.prototype, 'observe'],
      [EventTarget.prototype, 'addEventListener'],
      [Document.prototype, 'querySelectorAll'],
      [globalThis, 'setTimeout'],
    ]
    for (const [owner, name] of watched) {
      const real = owner[name]
      owner[name] = function (...given) {
        did.push(name)
        return real.apply(this, given)
      }
    }
    const start = performance.now();
    ${builtScript()}
    return { did, ms: performance.now() - start }
  })()`
  const world = contentScriptWorld(page)
  const runs: { did: string[]; ms: number }[] = []
  // A busy machine makes some runs slow; what the script itself costs shows in the quickest.
  for (let i = 0; i < 10; i++) runs.push((await world.evaluate(run)) as (typeof runs)[number])
  for (const { did } of runs) expect(did).toEqual(['onConnect'])
  expect(Math.min(...runs.map(({ ms }) => ms))).toBeLessThan(5)
})

test('when the panel goes, every listener goes with it', async () => {
  await show(img('bait'))
  const port = await pickEverything()
  await port.startPicking()
  await expect.poll(() => listenersInPage(page)).toContain('window keydown')
  await port.close()
  await expect.poll(() => listenersInPage(page)).toEqual([])
  expect(await pickerInPage(page)).toBe(false)
})

test('[C106] put into the page twice, it answers once', async () => {
  await show(img('bait'))
  await contentScriptWorld(page).evaluate(builtScript())
  const port = await connect()
  await port.lists('bait')
  await port.startPicking()
  await page.mouse.click(60, 60)
  await port.hears('a picture taken', said => said.find(({ type }) => type === 'picked'))
  expect((await port.said()).map(({ type }) => type)).toEqual(['pictures', 'bytes', 'at', 'picked'])
  await port.close()
})

test('a panel of another version is not answered', async () => {
  await show(img('bait'))
  const worker = await chromium.worker()
  await worker.evaluate(async () => {
    const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true })
    const answers: unknown[] = []
    const old = chrome.tabs.connect(tab?.id ?? 0, { name: 'picking-0' })
    old.onMessage.addListener(message => void answers.push(message))
    old.postMessage({ type: 'list' })
    old.postMessage({ type: 'pick-start' })
    Object.assign(globalThis, { answers })
  })
  const port = await connect()
  await port.lists('bait')
  await page.mouse.move(60, 60)
  await port.read('bait')
  expect(await worker.evaluate(() => (globalThis as unknown as { answers: unknown[] }).answers)).toEqual([])
  expect(await pickerInPage(page)).toBe(false)
  await port.close()
})

// Last: afterwards the extension in this browser is another one.
test('when the extension is gone, its old script goes quiet', async () => {
  await show(img('bait'))
  const port = await connect()
  await port.lists('bait')
  await port.startPicking()
  await page.mouse.move(60, 60)
  await expect.poll(() => pickerInPage(page)).toBe(true)
  const worker = await chromium.worker()
  await worker.evaluate(() => chrome.runtime.reload()).catch(() => {})
  await expect.poll(() => pickerInPage(page)).toBe(false)
  await page.mouse.move(90, 90)
  await page.mouse.click(90, 90)
  await page.keyboard.press('ArrowRight')
  await page.evaluate(() => document.body.append(document.createElement('p')))
  expect(await pickerInPage(page)).toBe(false)
})
