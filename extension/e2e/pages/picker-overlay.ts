import type { Page } from 'puppeteer'
import sharp from 'sharp'
import { contentScriptWorld } from '../probes/content-script.ts'
import { until } from './wait.ts'

/** Whether the picker has anything in the page. */
export const pickerInPage = (page: Page): Promise<boolean> =>
  page.evaluate(() => [...document.documentElement.children].some(child => !['head', 'body'].includes(child.localName)))

/** The picker's outline as it is drawn, seen from the extension's own world; all sizes 0 while it stands on no picture. */
export async function outlinedBox(page: Page) {
  return contentScriptWorld(page).evaluate(() => {
    const host = [...document.documentElement.children].find(child => !['HEAD', 'BODY'].includes(child.tagName))
    const line = host && chrome.dom.openOrClosedShadowRoot(host as HTMLElement)?.firstElementChild
    const { left = 0, top = 0, width = 0, height = 0 } = line?.getBoundingClientRect() ?? {}
    return {
      left,
      top,
      width,
      height,
      text: line?.textContent ?? '',
      role: line?.firstElementChild?.role ?? null,
    }
  })
}

/** What a person sees at one point of the page: red, green and blue. */
export async function colourAt(page: Page, x: number, y: number): Promise<number[]> {
  const shot = await page.screenshot({ clip: { x, y, width: 1, height: 1 } })
  return [...(await sharp(shot).removeAlpha().raw().toBuffer())]
}

/** Points at a picture of the page until the picker outlines it there: the page has heard that picking began. */
export async function pointAt(page: Page, selector: string): Promise<void> {
  await until(`an outline on ${selector}`, async () => {
    // The page notices a pointer only when it moves.
    await page.mouse.move(0, 0)
    await page.hover(selector)
    return (await outlinedBox(page)).width > 0
  })
}

/** Takes a picture by a click in the page, once picking has begun there. */
export async function pickInPage(page: Page, selector: string): Promise<void> {
  await page.bringToFront()
  await pointAt(page, selector)
  await page.click(selector)
}
