import type { ClickOptions, ElementHandle, Page } from 'puppeteer'
import { awaited, hangLimit } from './wait.ts'

type Found = ElementHandle<Element>

/**
 * One thing in a page, looked for anew each time, because what moves may also be drawn anew. A name must name one thing:
 * two that fit are an error, else a test would sometimes press the neighbour.
 */
export interface Locator {
  /** The element, once it is there. */
  element(): Promise<Found>
  /** Presses it with the mouse, as a user does: once it stands still and nothing lies over it. */
  press(options?: ClickOptions): Promise<void>
  /** Rests the mouse on it. */
  hover(): Promise<void>
}

/** Where a locator looks. */
interface Lookup {
  page: Page
  what: string
  /** All that fit now. */
  all(): Promise<Found[]>
  /** Waits until there is any. */
  any(): Promise<unknown>
}

/** What a selector finds, by one of puppeteer's selectors. */
export const locate = (page: Page, what: string, selector: string): Locator =>
  locator({
    page,
    what,
    all: () => page.$$(selector),
    any: () => page.waitForSelector(selector, { timeout: hangLimit }),
  })

/** What has this role and exactly this name, within what `within` selects. */
export const locateByRole = (page: Page, role: string, name: string, within = ''): Locator =>
  locate(page, `the ${role} "${name}"`, `${within} ${byRole(role, name)}`.trim())

/** Puppeteer's selector for exactly this name. */
export const byRole = (role: string, name: string) =>
  `::-p-aria([name="${name.replaceAll('"', '\\"')}"][role="${role}"])`

/** Among what `css` selects, what fits; `fits` runs in the page, and its parameters go there as JSON. */
export function locateAmong<Params extends unknown[]>(
  page: Page,
  what: string,
  css: string,
  fits: (element: Element, ...params: Params) => boolean,
  ...params: Params
): Locator {
  const given = params.map(param => JSON.stringify(param))
  const fitting = `[...document.querySelectorAll(${JSON.stringify(css)})].filter(element => (${fits})(${['element', ...given]}))`
  return locator({
    page,
    what,
    async all() {
      const elements = await (await page.evaluateHandle(fitting)).getProperties()
      return [...elements.values()].map(element => element.asElement() as Found)
    },
    any: () => page.waitForFunction(`${fitting}.length > 0`, { timeout: hangLimit }),
  })
}

function locator({ page, what, all, any }: Lookup): Locator {
  async function theOne(): Promise<Found> {
    for (;;) {
      const [found, ...others] = await all()
      if (others.length > 0) throw new Error(`${what} names ${others.length + 1} things.`)
      if (found) return found
      await any()
    }
  }

  /** Tries until it gives something; what was drawn anew meanwhile is looked for again. */
  async function untilDone<T>(attempt: (element: Found) => Promise<T | null>): Promise<T> {
    for (const end = Date.now() + hangLimit; Date.now() < end; ) {
      try {
        const done = await attempt(await theOne())
        if (done !== null) return done
        // A message that covers it stays for as long as the mouse rests on it.
        await page.mouse.move(0, 0)
      } catch (error) {
        if (page.isClosed() || !isDrawnAnew(error)) throw error
      }
    }
    throw new Error('Something moved it or lay over it all the time.')
  }

  const underMouse = async (element: Found) =>
    (await isPressable(element)) && (await isUnderMouse(element)) ? element : null

  return {
    element: () => awaited(page, what, () => untilDone(async element => element)),
    hover: () => awaited(page, `${what} under the mouse`, async () => void (await untilDone(underMouse))),
    press: (options = {}) =>
      awaited(page, `${what} to be pressed`, async () => {
        // Of the errors that are met by another try, none comes after the mouse was pressed.
        const press = async (element: Found) => {
          const ready = await underMouse(element)
          await ready?.click(options)
          return ready
        }
        await untilDone(press)
      }),
  }
}

/**
 * Brings an element into the middle, where neither the header nor the Generate bar lies over it, and says whether it can be
 * pressed there: usable, standing still, and with nothing over it.
 */
const isPressable = (element: Found) =>
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
async function isUnderMouse(element: Found): Promise<boolean> {
  await element.hover()
  return element.evaluate(found => found.matches(':hover'))
}

/** What puppeteer says of an element that has left the page, or whose page has gone for another. */
const isDrawnAnew = (error: unknown) =>
  /detached|not clickable|not an Element|context was destroyed|Cannot find context/i.test(String(error))
