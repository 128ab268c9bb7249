import type { Page } from 'puppeteer'
import { pressSelected } from './press.ts'
import { waitUntil } from './wait.ts'

/** The pictures: the slots, the strip of the page's pictures, and the doors. */
export interface SourcesSection {
  /** Waits until the slots are in exactly these states, in this order. */
  slotsBecome(...states: string[]): Promise<void>
  slotStates(): Promise<(string | undefined)[]>
  /** What the slots are called, in their order. */
  slotNames(): Promise<string[]>
  /** Takes every source away. */
  clearSources(): Promise<void>
  /** Waits until `count` sources are there, all read. */
  sourcesReady(count: number): Promise<void>
  /** Presses the tile of the picture with this alt text: takes the picture, or gives it back. */
  pressTile(alt: string): Promise<void>
  /** Takes the picture with this alt text from the strip. */
  takeFromStrip(alt: string): Promise<void>
  /** Chooses a file by the empty place. */
  chooseFile(path: string): Promise<void>
}

/** The tile of a picture, by its alt text. */
export const tileOf = (alt: string) => `.sources-tile[aria-label^="${alt}"]`

export function sourcesSection(page: Page): SourcesSection {
  const section: SourcesSection = {
    async slotsBecome(...states) {
      const areThese = (wanted: string) =>
        [...document.querySelectorAll<HTMLElement>('.sources-slot')].map(slot => slot.dataset.state).join() === wanted
      await waitUntil(page, `the slots ${states.join(', ') || 'to be empty'}`, areThese, states.join())
    },
    slotStates: () => page.$$eval('.sources-slot', slots => slots.map(slot => (slot as HTMLElement).dataset.state)),
    slotNames: () => page.$$eval('.sources-picture', slots => slots.map(slot => (slot as HTMLElement).title)),
    async clearSources() {
      for (let left = (await section.slotStates()).length; left > 0; left--) {
        await pressSelected(page, 'the first slot’s cross', '.sources-slot .sources-remove')
        const isFewer = (count: number) => document.querySelectorAll('.sources-slot').length === count
        await waitUntil(page, `${left - 1} slots left`, isFewer, left - 1)
      }
    },
    sourcesReady: count => section.slotsBecome(...Array(count).fill('ready')),
    async pressTile(alt) {
      const tile = await page.waitForSelector(tileOf(alt))
      const before = await tile?.evaluate(element => element.ariaPressed)
      await pressSelected(page, `the tile "${alt}"`, tileOf(alt))
      const isTurned = (css: string, was: string | null | undefined) => document.querySelector(css)?.ariaPressed !== was
      await waitUntil(page, `the tile "${alt}" no longer pressed: ${before}`, isTurned, tileOf(alt), before)
    },
    async takeFromStrip(alt) {
      await section.pressTile(alt)
      const isTaken = (css: string) => document.querySelector(css)?.ariaPressed === 'true'
      await waitUntil(page, `the picture "${alt}" taken`, isTaken, tileOf(alt))
    },
    async chooseFile(path) {
      const chooser = page.waitForFileChooser()
      await pressSelected(page, 'the empty place', '.sources-add button')
      await (await chooser).accept([path])
    },
  }
  return section
}
