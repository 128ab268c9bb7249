import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from 'puppeteer'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { developmentExtensionId } from '../../../bff/config/config.ts'
import { freePort } from '../../../scripts/ports.ts'
import { startTestBackend, type TestBackend } from '../fixtures/backend.ts'
import { extensionBase, launchBrowser, type TestBrowser } from '../fixtures/browser.ts'
import { newTarget } from '../fixtures/new-target.ts'
import { texts } from '../fixtures/texts.ts'
import { type PanelPage, panelPage } from '../pages/panel-page.ts'
import { signIn } from '../pages/sign-in-page.ts'
import { watchSent } from '../probes/requests.ts'
import { configure as configureExtension, type Settings } from './configure.ts'
import { paint } from './pictures.ts'
import { type MatrixSite, startMatrixSite } from './site.ts'
import { startTap, type Tap } from './tap.ts'

const t = texts('en')
let site: MatrixSite
let tap: Tap
let backend: TestBackend
let chromium: TestBrowser
let page: Page
let panel: PanelPage

beforeAll(async () => {
  site = await startMatrixSite()
  site.page('/', '<img alt="a picture" src="/plain/picture.png">')
  const port = await freePort()
  tap = await startTap(port)
  backend = await startTestBackend({ PORT: String(port), ORIGIN: tap.origin })
  chromium = await launchBrowser({ origin: tap.origin })
  page = await chromium.openPage(`${site.here}/`)
  panel = await openPanel()
  await panel.press('button', t('panel.welcome.start'))
  await signIn(chromium.browser, panel)
  await page.bringToFront()
})
afterAll(async () => {
  await chromium?.close()
  await backend?.close()
  await tap?.close()
  await site?.close()
})

const openPanel = async () => panelPage(await chromium.openPanel(page), t)

const lists = (count: number) => panel.listsPictures(count)

/** A picture pasted into the panel: puppeteer cannot fill the system's clipboard with one. */
async function paste() {
  await panel.page.evaluate(async () => {
    const canvas = new OffscreenCanvas(64, 48)
    canvas.getContext('2d')?.fillRect(0, 0, 32, 48)
    const clipboardData = new DataTransfer()
    clipboardData.items.add(new File([await canvas.convertToBlob()], 'pasted.png', { type: 'image/png' }))
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  })
  await panel.sourcesReady(1)
}

/** A file dropped from the desktop. */
async function drop(path: string) {
  const debug = await panel.page.createCDPSession()
  const data = { items: [], files: [path], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await debug.send('Input.dispatchDragEvent', { type, x: 180, y: 300, data })
  await debug.detach()
}

async function generate() {
  const known = await panel.pictures()
  await panel.press('radio', '512')
  await panel.generate()
  return panel.newPicture(known)
}

const canary = (place: string) => `canary-${place}`

test('[P19] [P20] [P22] a whole job takes nothing else of the page along', async () => {
  site.page(
    '/trap',
    `<p>${canary('text')} Ada ${canary('name')} ${canary('mail')}@example.test</p>
     <img alt="the one" title="${canary('tooltip')}" src="{there}/plain/picked.png?${canary('address')}">
     <img alt="${canary('alt')}" src="/plain/other.png?${canary('other')}">
     <form><input name="${canary('field')}" value="${canary('input')}"><input type="password" value="${canary('password')}">
       <textarea>${canary('textarea')}</textarea></form>
     <script>
       document.title = '${canary('title')}'
       document.cookie = 'user=${canary('cookie')}'
       localStorage.user = sessionStorage.user = '${canary('storage')}'
     </script>`,
  )
  await page.goto(`${site.here}/trap?q=${canary('query')}#${canary('hash')}`)
  await lists(2)
  site.asked.length = 0
  const sent = await watchSent(panel.page, await chromium.worker())

  await panel.press('button', t('sources.pick'))
  await page.bringToFront()
  await page.click('[alt="the one"]')
  await panel.sourcesReady(1)
  await panel.writePrompt('watercolour')
  await generate()

  const picked = `${site.there}/plain/picked.png?${canary('address')}`
  expect(sent.all().filter(({ url }) => url === picked)).toHaveLength(1)
  const others = sent.all().filter(({ url }) => url !== picked)
  expect(others.every(({ url }) => url.startsWith(tap.origin))).toBe(true)
  expect(JSON.stringify(others)).not.toContain('canary')
  expect(tap.heard().includes('/v1/generations')).toBe(true)
  expect(tap.heard().includes('canary')).toBe(false)
  const stored = await panel.page.evaluate(async () =>
    JSON.stringify([
      await Promise.all([
        chrome.storage.local.get(null),
        chrome.storage.session.get(null),
        chrome.storage.sync.get(null),
      ]),
      { ...localStorage },
      { ...sessionStorage },
    ]),
  )
  expect(stored).toContain('watercolour')
  expect(stored).not.toContain('canary')
  await panel.clearSources()
})

/** From a page whose picture is listed to another one, also where Chrome swaps the whole process. */
async function leaveFor(address: string) {
  await page.goto(`${site.here}/`)
  await lists(1)
  await page.goto(address).catch(() => {})
}

describe('[C94] where Chrome lets no extension in', () => {
  afterEach(() => panel.clearSources())

  test.each([
    ['an own page of Chrome', () => 'chrome://extensions/'],
    ['a new tab', () => 'chrome://newtab/'],
    ['the source of a page', () => `view-source:${site.here}/`],
    ['a page that could not be loaded', () => 'http://localhost:1/'],
    ['a page of an extension', () => `${extensionBase}/sidepanel.html`],
  ])('%s: the panel says so, and paste works', async (_, address) => {
    await leaveFor(address())
    await panel.reads(t('sources.strip.restricted'))
    await paste()
  })

  test('a page on the disk lists its pictures; Chrome gives them to nobody, and the sentence says what to do', async () => {
    const file = join(backend.dataDir, 'page.html')
    await writeFile(file, '<img alt="on the disk" src="picture.png">')
    await writeFile(join(backend.dataDir, 'picture.png'), (await paint('picture.png')).bytes)
    await leaveFor(pathToFileURL(file).href)
    await panel.takeFromStrip('on the disk')
    await panel.reads(t('sources.failed.page_refused'))
  })

  test('a PDF has no pictures to pick; paste works', async () => {
    await leaveFor(`${site.here}/paper/paper.pdf`)
    await panel.reads(t('sources.strip.pdf'))
    await paste()
  })
})

/** What a person sets on Chrome's own page of extensions. */
async function configure(settings: Settings) {
  await configureExtension(chromium, settings)
  await page.bringToFront()
}

/** A true click on the icon in the toolbar. */
async function clickIcon() {
  const own = (await chromium.browser.extensions()).get(developmentExtensionId)
  await page.bringToFront()
  if (own) await page.triggerExtensionAction(own)
}

describe('[C109] site access "On click"', () => {
  afterEach(() => panel.clearSources())

  beforeAll(async () => {
    await configure({ hostAccess: 'ON_CLICK' })
    await page.goto(`${site.there}/`)
  })
  afterAll(() => configure({ hostAccess: 'ON_ALL_SITES' }))

  test('the panel says why it sees no pictures; paste and Generate work', async () => {
    await panel.reads(t('sources.strip.site_access'))
    await paste()
    await generate()
  })

  test('a page of Chrome itself is none that a click would open', async () => {
    for (const address of ['chrome://version/', 'chrome://extensions/']) {
      await page.goto(address)
      await panel.reads(t('sources.strip.restricted'))
      await page.goto(`${site.there}/`)
      await panel.reads(t('sources.strip.site_access'))
    }
  })

  test('a click on the icon lets it see this page', async () => {
    await clickIcon()
    await lists(1)
    await panel.takeFromStrip('a picture')
    await panel.sourcesReady(1)
  })
})

describe('site access "On specific sites"', () => {
  afterEach(() => panel.clearSources())
  afterAll(() => configure({ hostAccess: 'ON_ALL_SITES' }))

  describe.each([
    ['one site', () => [`${site.here}/*`]],
    ['one site and the backend', () => [`${site.here}/*`, `${tap.origin}/*`]],
  ])('%s', (_, sites) => {
    beforeAll(async () => {
      await configure({ hostAccess: 'ON_SPECIFIC_SITES', sites: sites() })
      // What a click granted for a site ends when the site is left.
      await page.goto(`${site.here}/`)
    })

    test('elsewhere the panel says why it sees no pictures; paste, drop, file and Generate work', async () => {
      await page.goto(`${site.there}/`)
      await panel.reads(t('sources.strip.site_access'))
      await paste()
      await panel.clearSources()
      const file = join(backend.dataDir, 'chosen.png')
      await writeFile(file, (await paint('chosen.png')).bytes)
      await drop(file)
      await panel.sourcesReady(1)
      await panel.chooseFile(file)
      await panel.sourcesReady(2)
      await generate()
    })

    test('there the strip works', async () => {
      await page.goto(`${site.here}/`)
      await lists(1)
      await panel.takeFromStrip('a picture')
      await panel.sourcesReady(1)
    })

    test('a click on the icon lets it see the other page too', async () => {
      await page.goto(`${site.there}/`)
      await panel.reads(t('sources.strip.site_access'))
      await clickIcon()
      await lists(1)
    })
  })
})

/** Waits until the panel is gone and the new worker hears clicks. */
async function startsAnew(restart: () => Promise<unknown>) {
  const closed = new Promise(resolve => panel.page.once('close', resolve))
  const restartAll = async () => {
    await restart().catch(() => {})
    await closed
  }
  const target = await newTarget(chromium.browser, restartAll, one => one.type() === 'service_worker')
  const worker = await target.worker()
  await expect.poll(() => worker?.evaluate(() => chrome.action.onClicked.hasListeners())).toBe(true)
}

describe('the extension starts anew while page and panel are open', () => {
  const complaints: string[] = []

  test('[C96] the panel closes, and the old script in the page keeps quiet', async () => {
    await configure({})
    await page.goto(`${site.here}/`)
    await lists(1)
    page.on('pageerror', error => complaints.push(String(error)))
    page.on('console', message => complaints.push(message.text()))
    await panel.takeFromStrip('a picture')
    await panel.sourcesReady(1)
    await panel.writePrompt('a quiet harbour')
    await panel.press('button', t('sources.pick'))
    await page.bringToFront()
    await page.hover('img')
    await startsAnew(() => panel.page.evaluate(() => chrome.runtime.reload()))
    await page.mouse.move(5, 300)
    await page.click('img')
    await page.keyboard.press('ArrowRight')
    await page.$eval('img', image => image.setAttribute('src', '/plain/another.png'))
    await page.setViewport({ width: 900, height: 700 })
    expect(complaints).toEqual([])
  })

  test('opened again it has its draft, says that the page is too old, and its button helps', async () => {
    panel = await openPanel()
    await panel.sourcesReady(1)
    const words = await panel.page.$eval('#studio-prompt', field => (field as HTMLTextAreaElement).value)
    expect(words).toBe('a quiet harbour')
    await panel.reads(t('sources.strip.reload'))
    expect(complaints).toEqual([])
    await panel.press('button', t('sources.strip.reload_now'))
    await lists(1)
    await panel.takeFromStrip('a picture')
    await panel.sourcesReady(2)
  })
})
