import type { ElementHandle, Page } from 'puppeteer'
import type { Texts } from '../fixtures/texts.ts'
import { byRole, locate, locateByRole } from './locator.ts'
import { type SourcesSection, sourcesSection } from './sources-section.ts'
import { hangLimit, waitForText, waitUntil } from './wait.ts'

/** The panel: everything is found by its role and the text a user reads. */
export interface PanelPage extends SourcesSection {
  page: Page
  t: Texts
  /** The element with this role and name, once it is there. */
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
  /** Presses Generate once it can be pressed, and nothing else; `count: 2` is a double click. */
  pressGenerate(options?: { count?: number }): Promise<void>
  /** Presses Generate, and yes to the notice that comes before the very first picture. */
  generate(): Promise<void>
  /** Waits for a picture in the feed that was not among `known`, and answers its id. */
  newPicture(known: readonly string[]): Promise<string>
  pictures(): Promise<string[]>
}

export function panelPage(page: Page, t: Texts): PanelPage {
  page.setDefaultTimeout(hangLimit)
  const promptField = locate(page, 'the words', '#studio-prompt')
  const readyGenerate = locate(page, 'Generate', '.studio-go .button-act[aria-disabled=false]')

  const panel: PanelPage = {
    ...sourcesSection(page, t),
    page,
    t,
    find: (role, name) => locateByRole(page, role, name).element(),
    press: (role, name) => locateByRole(page, role, name).press(),
    has: async (role, name) => (await page.$(byRole(role, name))) !== null,
    async reads(text) {
      await waitForText(page, text)
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
      await promptField.press()
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
    pressGenerate: options => readyGenerate.press(options),
    async generate() {
      await panel.pressGenerate()
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
