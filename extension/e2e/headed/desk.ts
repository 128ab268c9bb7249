import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { ElementHandle } from 'puppeteer'
import { root } from '../../../scripts/processes.ts'
import { startSampleSite } from '../../sample/server.ts'
import { buildStage, type StageSet } from '../harness/stage.ts'
import { startDisplay } from './display.ts'
import { createHands } from './hands.ts'
import { createPerson, type Person } from './person.ts'
import { readScreen, savePicture } from './screen.ts'

/** A screen with a browser on it, the sample page in front, and a person before it. */
export interface Desk extends StageSet<Awaited<ReturnType<typeof startSampleSite>>> {
  person: Person
  /** An element of the sample page. */
  picture(selector: string): Promise<ElementHandle>
  /** Writes what is on the screen to .output/headed. */
  screenshot(name: string): Promise<void>
}

export async function startDesk(): Promise<Desk> {
  await using started = new AsyncDisposableStack()
  const display = await startDisplay()
  started.defer(display.stop)
  const stage = await buildStage({ site: startSampleSite, display: display.env })
  started.defer(stage.close)
  const { chromium, page } = stage

  const pid = chromium.browser.process()?.pid
  if (pid === undefined) throw new Error('Chromium has no process.')
  const hands = createHands(display.env, pid)
  const person = await createPerson({ display, hands, extension: chromium.extension })
  // From here on the desk is open, and whoever asked for it closes it.
  const open = started.move()
  return {
    ...stage,
    person,
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
