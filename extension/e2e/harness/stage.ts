import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'puppeteer'
import type { Provider } from '../../../bff/providers/provider.ts'
import { startTestBackend, type TestBackend } from './backend.ts'
import { type BrowserOptions, launchBrowser, type TestBrowser } from './browser.ts'
import { type PanelHands, panelHands } from './panel.ts'
import { type Account, signIn } from './sign-in.ts'
import { texts } from './texts.ts'

interface Site {
  url: string
  close(): Promise<void>
}

/** For tests that need no page: an empty tab is in front. */
export const emptyTab = async (): Promise<Site> => ({ url: 'about:blank', close: async () => {} })

interface SetOptions<S extends Site> extends Pick<BrowserOptions, 'language' | 'density' | 'display'> {
  /** The page in front and what belongs to it. */
  site: () => Promise<S>
  /** Which page of the site is in front; its first, if nothing is said. */
  address?: (site: S) => string
  /** Environment of the backend. */
  env?: Record<string, string>
  /** Makers that the test plays, by the name the catalogue uses. */
  makers?: ReadonlyMap<string, Provider>
}

/** A site, a backend, and a browser with the extension and a page of the site in front. */
export interface StageSet<S extends Site> {
  site: S
  backend: TestBackend
  chromium: TestBrowser
  page: Page
  /** Writes a file for the file chooser, and answers its path. */
  saved(name: string, bytes: Buffer): Promise<string>
  /** Closes all of it, in the opposite order. */
  close(): Promise<void>
}

export async function buildStage<S extends Site>(options: SetOptions<S>): Promise<StageSet<S>> {
  const { site: startSite, address = ({ url }) => url, env, makers, ...browser } = options
  await using started = new AsyncDisposableStack()
  const site = await startSite()
  started.defer(site.close)
  const backend = await startTestBackend(env, makers)
  started.defer(backend.close)
  const chromium = await launchBrowser({ origin: backend.origin, ...browser })
  started.defer(chromium.close)
  const page = await chromium.openPage(address(site))
  // From here on it stands, and whoever asked for it closes it.
  const standing = started.move()
  return {
    site,
    backend,
    chromium,
    page,
    async saved(name, bytes) {
      const path = join(backend.dataDir, name)
      await writeFile(path, bytes)
      return path
    },
    close: () => standing.disposeAsync(),
  }
}

/** The same with the panel beside the page. */
export interface Stage<S extends Site> extends StageSet<S> {
  panel: PanelHands
  /** Opens the panel again after it was closed. */
  reopenPanel(): Promise<PanelHands>
}

interface StageOptions<S extends Site> extends SetOptions<S> {
  /** Who is signed in; null: nobody. */
  account?: Account | null
  /** False: the welcome still stands there. */
  welcome?: boolean
}

/** The stage of most tests: the panel is open beside the page, welcomed, and signed in. */
export async function openStage<S extends Site>({
  account,
  welcome = true,
  ...options
}: StageOptions<S>): Promise<Stage<S>> {
  const set = await buildStage(options)
  const t = texts(options.language ?? 'en')
  const openPanel = async () => panelHands(await set.chromium.openPanel(set.page), t)
  try {
    const panel = await openPanel()
    if (welcome) await panel.press('button', t('panel.welcome.start'))
    if (account !== null) {
      await signIn(set.chromium.browser, panel, account)
      await set.page.bringToFront()
    }
    const stage: Stage<S> = {
      ...set,
      panel,
      async reopenPanel() {
        stage.panel = await openPanel()
        return stage.panel
      },
    }
    return stage
  } catch (error) {
    await set.close()
    throw error
  }
}
