import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import puppeteer, { type Browser, type Page, type Target, type WebWorker } from 'puppeteer'
import { developmentExtensionId } from '../../../bff/config/config.ts'
import { findChromium } from '../../../scripts/chromium.mjs'
import { buildExtension } from '../../../scripts/processes.ts'
import { patience } from './waiting.ts'

export const extensionBase = `chrome-extension://${developmentExtensionId}`

export interface TestBrowser {
  browser: Browser
  /** Folder of the built extension. */
  extension: string
  /** The service worker as it is now; a new one after it died. */
  worker(): Promise<WebWorker>
  /** A new tab at `url`, in front. */
  openPage(url: string): Promise<Page>
  /** A true click on the toolbar icon while `page` is in front; answers the panel it opened. */
  openPanel(page: Page): Promise<Page>
  /** Does what opens a panel; answers the panel it opened. */
  panelAfter(open: () => Promise<void>): Promise<Page>
  close(): Promise<void>
}

export interface BrowserOptions {
  /** Origin of the backend the extension is built for. */
  origin: string
  language?: 'en' | 'ja'
  /** An extension built before for the same origin. */
  extension?: string
  /** Pixels of the display for one of CSS. */
  density?: number
  /** Environment of a display to show a real window on; without it there is no window. */
  display?: NodeJS.ProcessEnv
}

/** Real Chromium with the built extension in it. */
export async function launchBrowser(options: BrowserOptions): Promise<TestBrowser> {
  const { origin, language = 'en', extension, density, display } = options
  const work = mkdtempSync(join(tmpdir(), 'mimicit-browser-'))
  const folder = extension ?? (await buildExtension(origin, join(work, 'built')))
  const executablePath = await findChromium()
  const profile = join(work, 'profile')
  pinToolbarIcon(profile)
  const browser = await puppeteer.launch({
    ...(executablePath && { executablePath }),
    headless: !display,
    pipe: true,
    enableExtensions: [folder],
    userDataDir: profile,
    defaultViewport: null,
    env: { ...(display ?? process.env), LANGUAGE: language },
    // Chromium's bar about being automated would stand between the toolbar and the page.
    ...(display && { ignoreDefaultArgs: ['--enable-automation'] }),
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--lang=${language}`,
      ...(density ? [`--force-device-scale-factor=${density}`] : []),
      '--window-size=1280,900',
      ...(display ? ['--window-position=0,0', '--test-type'] : []),
    ],
  })

  const worker = async () => {
    const target = await browser.waitForTarget(
      t => t.type() === 'service_worker' && t.url().startsWith(extensionBase),
      { timeout: patience },
    )
    const found = await target.worker()
    if (!found) throw new Error('The service worker has no debugger.')
    return found
  }
  await worker()

  const panelAfter = async (open: () => Promise<void>) => {
    const known = new Set(browser.targets())
    await open()
    const isNew = (target: Target) => target.url() === `${extensionBase}/sidepanel.html` && !known.has(target)
    const target = await browser.waitForTarget(isNew, { timeout: patience }).catch(cause => {
      throw new Error('No panel opened.', { cause })
    })
    return target.asPage()
  }

  return {
    browser,
    extension: folder,
    worker,
    async openPage(url) {
      const page = await browser.newPage()
      await page.goto(url, { waitUntil: 'load' })
      await page.bringToFront()
      return page
    },
    async openPanel(page) {
      const extensions = await browser.extensions()
      const own = extensions.get(developmentExtensionId)
      if (!own) throw new Error('The extension is not loaded.')
      await page.bringToFront()
      const panel = await panelAfter(() => page.triggerExtensionAction(own))
      // A side panel's own size follows the browser window; tests and pictures want the usual one.
      await panel.setViewport({ width: 360, height: 860, deviceScaleFactor: 1 })
      return panel
    },
    panelAfter,
    async close() {
      await browser.close()
      rmSync(work, { recursive: true, force: true })
    },
  }
}

/** Puts the icon into the toolbar; else it hides behind the puzzle piece. */
function pinToolbarIcon(profile: string): void {
  mkdirSync(join(profile, 'Default'), { recursive: true })
  const preferences = { extensions: { pinned_extensions: [developmentExtensionId] } }
  writeFileSync(join(profile, 'Default/Preferences'), JSON.stringify(preferences))
}
