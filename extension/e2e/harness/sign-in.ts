import type { Browser, Page } from 'puppeteer'
import { en } from '../../../bff/web/locales/en.ts'
import { ja } from '../../../bff/web/locales/ja.ts'
import type { PanelHands } from './panel.ts'
import { pressSelected } from './pressing.ts'
import { patience } from './waiting.ts'

export interface Account {
  name: string
  email: string
}

const ada: Account = { name: 'Ada', email: 'ada@example.test' }

const button = (page: Page, name: string) => page.locator(`::-p-aria([name="${name}"][role="button"])`)

/** Signs in from the panel through the pages, by pressing what a person presses. The panel notices by itself. */
export async function signIn(browser: Browser, hands: PanelHands, account = ada): Promise<void> {
  const known = new Set(browser.targets())
  await pressSelected(hands.page, 'the button to sign in', '.sign-in button')
  const target = await browser.waitForTarget(t => t.type() === 'page' && !known.has(t) && t.url().startsWith('http'))
  const tab = await target.page()
  if (!tab) throw new Error('The sign-in tab is gone.')
  tab.setDefaultTimeout(patience)
  await tab.waitForSelector('input[name=email]')
  const words = (await tab.$eval('html', html => html.lang)) === 'ja' ? ja : en
  await tab.locator('input[name=name]').fill(account.name)
  await tab.locator('input[name=email]').fill(account.email)
  await button(tab, words['embedded.create']).click()
  await tab.locator('input[value=adult]').click()
  await tab.locator('input[name=makers]').click()
  await button(tab, words['welcome.go']).click()
  await button(tab, words['connect.yes']).click()
  await hands.balance()
}
