import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSession, type Session } from './fixtures/session.ts'
import { type SampleSite, startSampleSite } from './fixtures/sites/sample.ts'
import { texts } from './fixtures/texts.ts'
import type { PanelPage } from './pages/panel-page.ts'
import { waitUntil } from './pages/wait.ts'

const t = texts('en')
let session: Session<SampleSite>
let panel: PanelPage

beforeAll(async () => {
  session = await openSession({ site: startSampleSite })
  panel = session.panel
})
afterAll(() => session?.close())

/** What has the focus: whether it is what is looked for, and whether a ring or caret shows it. */
const focus = (selector: string) =>
  panel.page.evaluate(css => {
    const { activeElement } = document
    if (!activeElement || activeElement === document.body) return { isThere: false, isShown: true, name: 'nothing' }
    const { outlineStyle, outlineWidth } = getComputedStyle(activeElement)
    return {
      isThere: activeElement.matches(css),
      isShown:
        (outlineStyle !== 'none' && outlineWidth !== '0px') || activeElement.matches('textarea, input[type=text]'),
      name: `${activeElement.localName}.${activeElement.className} ${activeElement.textContent?.slice(0, 30)}`,
    }
  }, selector)

/** Tabs on until what is looked for has the focus; every stop on the way shows that it has it. */
async function tabTo(selector: string): Promise<void> {
  const stops: string[] = []
  for (let steps = 0; steps < 80; steps++) {
    const { isThere, isShown, name } = await focus(selector)
    expect.soft(isShown, `${name} shows its focus`).toBe(true)
    if (isThere) return
    stops.push(name)
    await panel.page.keyboard.press('Tab')
  }
  throw new Error(`The Tab key never came to ${selector}, but to ${stops.join(' | ')}.`)
}

const press = (...keys: string[]) => panel.keys(...keys)

test('[C100] pick, edit, generate, history, delete and undo, sign out: by keyboard alone, with a focus that shows', async () => {
  const { page } = panel
  await page.waitForSelector('.sources-tile')
  await page.bringToFront()

  await press('p')
  await panel.reads(t('sources.pick_hint'))
  await press('Escape')
  await waitUntil(page, 'the end of picking', hint => !document.body.innerText.includes(hint), t('sources.pick_hint'))
  await press('p')
  await panel.reads(t('sources.pick_hint'))
  await press('ArrowRight')
  await page.waitForSelector('.sources-picking [role=status]:not(:empty)')
  await press('Enter')
  await panel.sourcesReady(1)

  await tabTo('.sources-picture')
  await press('Enter')
  await page.waitForSelector('.sources-sent:not(:empty)')
  await tabTo('.sources-moves .button')
  await press('Enter')
  await page.waitForSelector('.edit canvas')
  await tabTo('.edit-box')
  for (let i = 0; i < 3; i++) await press('Shift', 'ArrowLeft')
  await tabTo('.edit footer .button:last-child')
  await press('Enter')
  await panel.reads(t('sources.edit.note'))

  await press('/')
  await waitUntil(page, 'the caret in the prompt', () => document.activeElement?.matches('textarea'))
  await page.keyboard.type('watercolour')
  await press('Control', 'Enter')
  await page.waitForSelector('.studio-disclosure')
  await press('Enter')
  const id = await panel.newPicture([])

  // Not while writing: there it is a letter.
  await press('Tab')
  await press('h')
  await page.waitForSelector(`[data-picture="${id}"] .results-open`)
  await tabTo(`[data-picture="${id}"] .results-open`)
  await press('Delete')
  await panel.reads(t('results.deleted'))
  await waitUntil(page, 'no picture', () => document.querySelector('[data-picture]') === null)
  await press('Control', 'z')
  await page.waitForSelector(`[data-picture="${id}"]`)

  await tabTo('[popovertarget=menu]')
  await press('Enter')
  await page.waitForSelector('#menu:popover-open')
  const out = `::-p-aria([name="${t('account.sign_out')}"][role="button"])`
  const button = await page.waitForSelector(out)
  await button?.evaluate(element => element.setAttribute('data-out', ''))
  await tabTo('[data-out]')
  await press('Enter')
  await panel.reads(t('account.signed_out'))
})
