import type { ClickOptions, ElementHandle, Page } from 'puppeteer'
import { awaited, patience } from './wait.ts'

/**
 * Brings an element into the middle, where neither the header nor the Generate bar lies over it, and says whether it can be
 * pressed there: usable, standing still, and with nothing over it.
 */
const isPressable = (element: ElementHandle<Element>) =>
  element.evaluate(async found => {
    found.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' })
    const place = () => JSON.stringify(found.getBoundingClientRect())
    const before = place()
    await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    const { left, top, width, height } = found.getBoundingClientRect()
    const onTop = document.elementFromPoint(left + width / 2, top + height / 2)
    const isUsable = !found.matches(':disabled, [aria-disabled=true]')
    return isUsable && before === place() && width > 0 && found.contains(onTop)
  })

/** Moves the mouse there; an element that moved away meanwhile is not under it. */
const isUnderMouse = async (element: ElementHandle<Element>) => {
  await element.hover()
  return element.evaluate(found => found.matches(':hover'))
}

/**
 * Presses with the mouse what `selector` finds, as a person does: looks until it stands still, points at it, and only then
 * presses. Looked for anew each time, because what moves may also be drawn anew.
 */
export const pressSelected = (page: Page, what: string, selector: string, options: ClickOptions = {}): Promise<void> =>
  awaited(page, `${what} to be pressed`, async () => {
    for (const end = Date.now() + patience; Date.now() < end; ) {
      const element = await page.waitForSelector(selector, { timeout: patience })
      try {
        if (element && (await isPressable(element)) && (await isUnderMouse(element)))
          return await element.click(options)
        // A message that covers it stays for as long as the mouse rests on it.
        await page.mouse.move(0, 0)
      } catch (error) {
        if (page.isClosed() || !isDrawnAnew(error)) throw error
      }
    }
    throw new Error('It was never to be pressed.')
  })

/** What puppeteer says of an element that has left the page. */
const isDrawnAnew = (error: unknown) => /detached|not clickable|not an Element/i.test(String(error))
