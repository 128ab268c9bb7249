import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { ElementHandle } from 'puppeteer'
import { root } from '../../../scripts/processes.ts'
import { type BrowserSession, openBrowserSession } from '../fixtures/session.ts'
import { type SampleSite, startSampleSite } from '../fixtures/sites/sample.ts'
import { startDisplay } from './display.ts'
import { createInputDevices } from './input-devices.ts'
import { readScreen, savePicture } from './screen.ts'
import { createUser, type User } from './user.ts'

/** A screen with a browser on it, the sample page in front, and a user before it. */
export interface HeadedSession extends BrowserSession<SampleSite> {
  user: User
  /** An element of the sample page. */
  picture(selector: string): Promise<ElementHandle>
  /** Writes what is on the screen to .output/headed. */
  screenshot(name: string): Promise<void>
}

export async function startHeadedSession(): Promise<HeadedSession> {
  await using started = new AsyncDisposableStack()
  const display = await startDisplay()
  started.defer(display.stop)
  const session = await openBrowserSession({ site: startSampleSite, display: display.env })
  started.defer(session.close)
  const { chromium, page } = session

  const pid = chromium.browser.process()?.pid
  if (pid === undefined) throw new Error('Chromium has no process.')
  const input = createInputDevices(display.env, pid)
  const user = await createUser({ display, input, extension: chromium.extension })
  // From here on the session is open, and whoever asked for it closes it.
  const open = started.move()
  return {
    ...session,
    user,
    async picture(selector) {
      const found = await page.waitForSelector(selector)
      if (!found) throw new Error(`The sample page has no ${selector}.`)
      return found
    },
    async screenshot(name) {
      const folder = join(root, '.output/headed')
      mkdirSync(folder, { recursive: true })
      await savePicture(readScreen(display.screen()), join(folder, `${name.replace(/\W+/g, '-')}.png`))
    },
    close: () => open.disposeAsync(),
  }
}
