import type { EvaluateFunc, Page } from 'puppeteer'

/** Longer than any machine needs that is only slow; only a test that fails waits to its end. Milliseconds. */
export const patience = 60_000

/** What a person would see in the page now. */
async function seenIn(page: Page): Promise<string> {
  const look = () => {
    const slots = [...document.querySelectorAll<HTMLElement>('.sources-slot')].map(
      slot => `"${slot.querySelector<HTMLElement>('.sources-picture')?.title}" ${slot.dataset.state}`,
    )
    const words = document.body.innerText.replace(/\s+/g, ' ')
    return `Slots: ${slots.join(', ') || 'none'}. Text: ${words.slice(0, 3_000)}`
  }
  return page.evaluate(look).catch(error => `Nothing could be seen: ${error}`)
}

/** Names what was waited for and what the page showed instead, when it does not come. */
export async function awaited<T>(page: Page, what: string, come: () => Promise<T>): Promise<T> {
  try {
    return await come()
  } catch (cause) {
    throw new Error(`Waited in vain for ${what}. ${await seenIn(page)}`, { cause })
  }
}

/** Waits in the page until `isSo` gives something true, and answers it. Its parameters go there as JSON. */
export const waitUntil = <Params extends unknown[], T>(
  page: Page,
  what: string,
  isSo: (...params: Params) => T,
  ...params: Params
): Promise<Exclude<Awaited<T>, undefined | null | false | ''>> =>
  awaited(page, what, async () => {
    const handle = await page.waitForFunction(isSo as unknown as EvaluateFunc<Params>, { timeout: patience }, ...params)
    return (await handle.jsonValue()) as Exclude<Awaited<T>, undefined | null | false | ''>
  })
