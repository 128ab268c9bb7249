import type { ElementHandle, Page } from 'puppeteer'
import type { Texts } from '../fixtures/texts.ts'
import { pressSelected } from './press.ts'
import { type SourcesSection, sourcesSection } from './sources-section.ts'
import { awaited, patience, waitUntil } from './wait.ts'

/** The panel: everything is found by its role and the text a person reads. */
export interface PanelPage extends SourcesSection {
  page: Page
  t: Texts
  /** The element with this role and name, when it is there. */
  find(role: string, name: string): Promise<ElementHandle<Element>>
  press(role: string, name: string): Promise<void>
  has(role: string, name: string): Promise<boolean>
  /** Waits until the visible text contains this, and answers the whole text. */
  reads(text: string | RegExp): Promise<string>
  text(): Promise<string>
  balance(): Promise<number>
  balanceBecomes(credits: number): Promise<void>
  writePrompt(words: string): Promise<void>
  prompt(): Promise<string>
  promptBecomes(words: string): Promise<void>
  /** Presses a key while others are held. */
  keys(...heldAndPressed: string[]): Promise<void>
  /** Presses Generate, and yes to the notice that comes before the very first picture. */
  generate(): Promise<void>
  /** Waits for a picture in the feed that was not among `known`, and answers its id. */
  newPicture(known: readonly string[]): Promise<string>
  pictures(): Promise<string[]>
}

/** The Generate button once it can be pressed. */
export const readyGenerate = '.studio-go .button-act[aria-disabled=false]'

export function panelPage(page: Page, t: Texts): PanelPage {
  page.setDefaultTimeout(patience)
  const selector = (role: string, name: string) => `::-p-aria([name="${name.replaceAll('"', '\\"')}"][role="${role}"])`

  const panel: PanelPage = {
    ...sourcesSection(page),
    page,
    t,
    find: (role, name) =>
      awaited(page, `the ${role} "${name}"`, async () => {
        const found = await page.waitForSelector(selector(role, name))
        if (!found) throw new Error('It went away.')
        return found
      }),
    press: (role, name) => pressSelected(page, `the ${role} "${name}"`, selector(role, name)),
    has: async (role, name) => (await page.$(selector(role, name))) !== null,
    async reads(text) {
      const source = typeof text === 'string' ? text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : text.source
      await waitUntil(page, `"${text}"`, pattern => new RegExp(pattern).test(document.body.innerText), source)
      return panel.text()
    },
    text: () => page.evaluate(() => document.body.innerText),
    async balance() {
      const digits = () => document.querySelector('.balance b')?.textContent?.replace(/\D/g, '')
      return Number(await waitUntil(page, 'a balance', digits))
    },
    async balanceBecomes(credits) {
      const isSo = (wanted: string) => document.querySelector('.balance b')?.textContent?.replace(/\D/g, '') === wanted
      await waitUntil(page, `a balance of ${credits}`, isSo, String(credits))
    },
    async writePrompt(words) {
      await pressSelected(page, 'the words', '#studio-prompt')
      await page.$eval('#studio-prompt', field => (field as HTMLTextAreaElement).select())
      await page.keyboard.press('Backspace')
      await page.keyboard.type(words)
    },
    prompt: () => page.$eval('#studio-prompt', field => (field as HTMLTextAreaElement).value),
    async promptBecomes(words) {
      const isSo = (wanted: string) => document.querySelector<HTMLTextAreaElement>('#studio-prompt')?.value === wanted
      await waitUntil(page, `the words "${words}"`, isSo, words)
    },
    async keys(...keys) {
      for (const key of keys) await page.keyboard.down(key as 'Shift')
      for (const key of keys.reverse()) await page.keyboard.up(key as 'Shift')
    },
    async generate() {
      await pressSelected(page, 'Generate', readyGenerate)
      // It stands there with the press itself, or not at all.
      if (await page.$('.studio-disclosure')) await panel.press('button', t('studio.disclosure.yes'))
    },
    newPicture: known =>
      waitUntil(
        page,
        'a new picture',
        before =>
          [...document.querySelectorAll<HTMLElement>('[data-picture]')]
            .map(card => card.dataset.picture ?? '')
            .find(id => !before.includes(id)),
        known,
      ),
    pictures: () =>
      page.$$eval('[data-picture]', cards => cards.map(card => (card as HTMLElement).dataset.picture ?? '')),
  }
  return panel
}
