import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'puppeteer'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe finds wrong in a page as it stands, one line for each place. */
export async function axeFindings(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe)
  return page.evaluate(async () => {
    // What still fades or slides has the colours and places of neither state.
    for (const animation of document.getAnimations())
      if (animation.effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY) animation.finish()
    const { run } = (globalThis as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe
    const { violations } = await run({ resultTypes: ['violations'] })
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary?.replace(/\s+/g, ' ')}`),
    )
  })
}

/**
 * What does not fit into the page's width: the page itself when it scrolls sideways, words that are cut off without the
 * three dots that say so, and controls that reach out of sight.
 */
export const misfits = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = []
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth > clientWidth) found.push(`The page is ${scrollWidth} wide in ${clientWidth}.`)
    const nameOf = (element: Element) =>
      `<${element.localName} class="${element.className}"> ${(element as HTMLElement).innerText?.slice(0, 40)}`
    const scrolls = (element: Element | null): boolean =>
      element !== null && (/auto|scroll/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement))
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      if (!element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) continue
      const { overflowX, textOverflow } = getComputedStyle(element)
      const isCut = element.scrollWidth > element.clientWidth + 1 && /hidden|clip/.test(overflowX)
      const hasWords = [...element.childNodes].some(node => node.nodeType === 3 && node.textContent?.trim())
      if (isCut && hasWords && textOverflow !== 'ellipsis' && element.clientWidth > 1)
        found.push(`Cut: ${nameOf(element)}`)
      if (!element.matches('button, a, input, select, textarea') || scrolls(element.parentElement)) continue
      const { left, right } = element.getBoundingClientRect()
      if (left < -1 || right > clientWidth + 1) found.push(`Out of sight: ${nameOf(element)}`)
    }
    return found
  })
