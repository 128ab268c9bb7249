import type { Page } from 'puppeteer'
import type { Texts } from '../fixtures/texts.ts'
import { type Locator, locate, locateAmong } from './locator.ts'
import { waitForText, waitUntil } from './wait.ts'

/** The part of the panel that is about pictures: the slots, the strip of the page's pictures, and the file chooser. */
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
  /** Waits until the strip says that it lists so many pictures of the page. */
  listsPictures(count: number): Promise<void>
  /** The tile of the picture with exactly this alt text; `taken`: while it is so. */
  tile(alt: string, taken?: boolean): Locator
  /** Presses the tile of the picture with this alt text: takes the picture, or gives it back. */
  pressTile(alt: string): Promise<void>
  /** Takes the picture with this alt text from the strip. */
  takeFromStrip(alt: string): Promise<void>
  /** Chooses a file by the empty place. */
  chooseFile(path: string): Promise<void>
}

export function sourcesSection(page: Page, t: Texts): SourcesSection {
  const facts = factsPattern(t)

  const section: SourcesSection = {
    async slotsBecome(...states) {
      const areThese = (wanted: string) =>
        [...document.querySelectorAll<HTMLElement>('.sources-slot')].map(slot => slot.dataset.state).join() === wanted
      await waitUntil(page, `the slots ${states.join(', ') || 'to be empty'}`, areThese, states.join())
    },
    slotStates: () => page.$$eval('.sources-slot', slots => slots.map(slot => (slot as HTMLElement).dataset.state)),
    slotNames: () => page.$$eval('.sources-picture', slots => slots.map(slot => (slot as HTMLElement).title)),
    async clearSources() {
      const firstCross = locate(page, 'the first slot’s cross', '.sources-slot:first-child .sources-remove')
      for (let left = (await section.slotStates()).length; left > 0; left--) {
        await firstCross.press()
        const isFewer = (count: number) => document.querySelectorAll('.sources-slot').length === count
        await waitUntil(page, `${left - 1} slots left`, isFewer, left - 1)
      }
    },
    sourcesReady: count => section.slotsBecome(...Array(count).fill('ready')),
    async listsPictures(count) {
      if (count === 0) return waitForText(page, t('sources.strip.none'))
      const title = t('sources.strip.title', { count })
      const isSaid = (wanted: string) => [...document.querySelectorAll('h2')].some(head => head.textContent === wanted)
      await waitUntil(page, `"${title}"`, isSaid, title)
    },
    tile: (alt, taken) =>
      locateAmong(page, `the tile "${alt}"`, tileCss(taken), isTileOf, alt || t('sources.strip.unnamed'), facts),
    async pressTile(alt) {
      const wasTaken = await (await section.tile(alt).element()).evaluate(tile => tile.ariaPressed === 'true')
      await section.tile(alt).press()
      await section.tile(alt, !wasTaken).element()
    },
    async takeFromStrip(alt) {
      await section.tile(alt, false).press()
      await section.tile(alt, true).element()
    },
    async chooseFile(path) {
      const chooser = page.waitForFileChooser()
      await locate(page, 'the empty place', '.sources-add button').press()
      await (await chooser).accept([path])
    },
  }
  return section
}

const tileCss = (taken?: boolean) => `.sources-tile${taken === undefined ? '' : `[aria-pressed=${taken}]`}`

/** Runs in the panel. A tile is called by its picture's alt text and then by its size and format. */
const isTileOf = (tile: Element, alt: string, facts: string) => {
  const name = tile.ariaLabel ?? ''
  return name.startsWith(alt) && new RegExp(facts).test(name.slice(alt.length))
}

/** What stands behind the alt text in the name of a tile, and nothing else can. */
function factsPattern(t: Texts): string {
  const size = '\\d+ × \\d+'
  const shown = `(?:${size}|${t('sources.strip.size_unknown')})`
  return `^, (?:${shown}|${t('sources.strip.size_offered', { shown, offered: size })})(?:, \\w+)?$`
}
