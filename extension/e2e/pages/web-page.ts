import type { Browser, Page } from 'puppeteer'
import { newTarget } from '../fixtures/new-target.ts'
import { locateByRole } from './locator.ts'
import { hangLimit, waitForText } from './wait.ts'

/** A page of the web app in a tab of its own. */
export interface WebPage {
  page: Page
  /** Waits until the visible text contains this. */
  reads(text: string): Promise<void>
  press(button: string): Promise<void>
  follow(link: string): Promise<void>
}

/** Does what opens a tab of the web app; answers the page there. */
export async function webPageAfter(browser: Browser, open: () => Promise<void>): Promise<WebPage> {
  const target = await newTarget(browser, open, one => one.type() === 'page' && one.url().startsWith('http'))
  const page = await target.asPage()
  page.setDefaultTimeout(hangLimit)
  await page.waitForSelector('main h1')
  return {
    page,
    reads: text => waitForText(page, text),
    press: button => locateByRole(page, 'button', button, 'main').press(),
    follow: link => locateByRole(page, 'link', link, 'main').press(),
  }
}
