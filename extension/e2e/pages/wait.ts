import type { EvaluateFunc, Page } from 'puppeteer'

/**
 * Every wait ends with what it waits for. This limit is only for what hangs: far longer than any machine needs that is
 * busy or slow. Milliseconds.
 */
export const hangLimit = 120_000

/** What a user would see in the page now. */
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
    const handle = await page.waitForFunction(
      isSo as unknown as EvaluateFunc<Params>,
      { timeout: hangLimit },
      ...params,
    )
    return (await handle.jsonValue()) as Exclude<Awaited<T>, undefined | null | false | ''>
  })

/** A pattern for exactly this text; "1 picture" is not in "11 pictures". */
const patternOf = (text: string) => {
  const exactly = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return `${/^\d/.test(text) ? '(?<!\\d)' : ''}${exactly}${/\d$/.test(text) ? '(?!\\d)' : ''}`
}

/** Waits until the visible text contains this. */
export async function waitForText(page: Page, text: string | RegExp): Promise<void> {
  const pattern = typeof text === 'string' ? patternOf(text) : text.source
  await waitUntil(page, `"${text}"`, wanted => new RegExp(wanted).test(document.body.innerText), pattern)
}

/**
 * Asks until the answer is yes, and gives that answer; `sofar` says what there was instead. For what tells nobody when it
 * comes: the pixels of a screen, messages in another process.
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T> | T,
  sofar: () => string = () => '',
): Promise<NonNullable<Exclude<T, false | ''>>> {
  for (const end = Date.now() + hangLimit; ; await new Promise(resolve => setTimeout(resolve, 20))) {
    const answer = await ask()
    if (answer) return answer as NonNullable<Exclude<T, false | ''>>
    if (Date.now() > end) throw new Error(`Waited in vain for this: ${what}. ${sofar()}`)
  }
}
