import type { ElementHandle, Page } from 'puppeteer'
import { extensionBase } from '../fixtures/browser.ts'
import { until } from '../pages/wait.ts'
import type { InputDevices } from './input-devices.ts'
import type { Point } from './screen.ts'

/** Points of the screen that show the panel, and the margin of a page, whether or not the panel is open. */
const inPanel = { x: 1150, y: 500 }
const inPage = { x: 20, y: 500 }

/** Where the page's own (0, 0) is on the screen. A mouse move tells, because nothing else knows where a panel stands. */
export async function originOf(page: Page, input: InputDevices): Promise<Point> {
  const inside = page.url().startsWith(extensionBase) ? inPanel : inPage
  await page.evaluate(() => {
    document.documentElement.dataset.mouse = ''
    const tell = (event: MouseEvent) => {
      const { screenX, screenY, clientX, clientY } = event
      document.documentElement.dataset.mouse = JSON.stringify({ x: screenX - clientX, y: screenY - clientY })
    }
    addEventListener('mousemove', tell, { capture: true, once: true })
  })
  let jitter = 0
  const told = await until('the page notices the mouse', async () => {
    jitter = 1 - jitter
    await input.moveTo({ x: inside.x + jitter, y: inside.y })
    return page.evaluate(() => document.documentElement.dataset.mouse)
  })
  return JSON.parse(told)
}

/** The middle of an element on the screen, scrolled into view, once it stands still: an opening panel moves the page. */
export async function placeOf(page: Page, element: ElementHandle, input: InputDevices): Promise<Point> {
  await element.evaluate(found => found.scrollIntoView({ block: 'center', behavior: 'instant' }))
  let last = ''
  const box = await until('the element stands still', async () => {
    const now = await element.boundingBox()
    const before = last
    last = JSON.stringify(now)
    return last === before && now
  })
  const origin = await originOf(page, input)
  return { x: origin.x + box.x + box.width / 2, y: origin.y + box.y + box.height / 2 }
}
