import type { ElementHandle, Page } from 'puppeteer'
import type { Texts } from './texts.ts'

/** A person's hands and eyes on the panel: everything is found by its role and the text a person reads. */
export interface PanelHands {
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
  writePrompt(words: string): Promise<void>
  /** Takes every source away. */
  clearSources(): Promise<void>
  /** Waits until `count` sources are there, all read. */
  sourcesReady(count: number): Promise<void>
  /** Takes the picture with this alt text from the strip. */
  takeFromStrip(alt: string): Promise<void>
  /** Presses Generate, and yes to the notice that comes before the very first picture. */
  generate(): Promise<void>
  /** Waits for a picture in the feed that was not among `known`, and answers its id. */
  newPicture(known: readonly string[]): Promise<string>
  pictures(): Promise<string[]>
}

export function panelHands(page: Page, t: Texts): PanelHands {
  const selector = (role: string, name: string) => `::-p-aria([name="${name.replaceAll('"', '\\"')}"][role="${role}"])`

  const count = (css: string) => page.$$eval(css, elements => elements.length)

  /** In the middle, where neither the header nor the Generate bar lies over what is scrolled under them. */
  const clickInView = async (element: ElementHandle<Element> | null) => {
    await element?.evaluate(found => found.scrollIntoView({ block: 'center', inline: 'center' }))
    await element?.click()
  }

  const hands: PanelHands = {
    page,
    t,
    async find(role, name) {
      const found = await page.waitForSelector(selector(role, name))
      if (!found) throw new Error(`There is no ${role} "${name}".`)
      return found
    },
    async press(role, name) {
      await clickInView(await hands.find(role, name))
    },
    has: async (role, name) => (await page.$(selector(role, name))) !== null,
    async reads(text) {
      const source = typeof text === 'string' ? text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : text.source
      await page.waitForFunction(pattern => new RegExp(pattern).test(document.body.innerText), {}, source)
      return hands.text()
    },
    text: () => page.evaluate(() => document.body.innerText),
    async balance() {
      await page.waitForFunction(() => /\d/.test(document.querySelector('.balance b')?.textContent ?? ''))
      return page.$eval('.balance b', element => Number(element.textContent?.replace(/\D/g, '')))
    },
    async writePrompt(words) {
      const field = await hands.find('textbox', t('studio.prompt.title'))
      await field.click({ count: 3 })
      await field.press('Backspace')
      await field.type(words)
    },
    async clearSources() {
      for (let left = await count('.sources-slot'); left > 0; left--) {
        await clickInView(await page.$('.sources-slot .sources-remove'))
        await page.waitForFunction(n => document.querySelectorAll('.sources-slot').length === n, {}, left - 1)
      }
    },
    async sourcesReady(expected) {
      await page.waitForFunction(
        n => document.querySelectorAll('.sources-slot[data-state=ready]').length === n,
        {},
        expected,
      )
    },
    async takeFromStrip(alt) {
      await clickInView(await page.waitForSelector(`.sources-tile[aria-label^="${alt}"]`))
    },
    async generate() {
      await page.locator('.studio-go button[aria-disabled=false]').click()
      if (await hands.has('button', t('studio.tell.yes'))) await hands.press('button', t('studio.tell.yes'))
    },
    async newPicture(known) {
      const handle = await page.waitForFunction(
        before =>
          [...document.querySelectorAll<HTMLElement>('[data-picture]')]
            .map(card => card.dataset.picture ?? '')
            .find(id => !before.includes(id)),
        { timeout: 30_000 },
        known,
      )
      return (await handle.jsonValue()) as string
    },
    pictures: () =>
      page.$$eval('[data-picture]', cards => cards.map(card => (card as HTMLElement).dataset.picture ?? '')),
  }
  return hands
}
