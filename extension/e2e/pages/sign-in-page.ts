import type { Browser, Page } from 'puppeteer'
import { en } from '../../../bff/web/locales/en.ts'
import { ja } from '../../../bff/web/locales/ja.ts'
import type { PanelPage } from './panel-page.ts'
import { pressSelected } from './press.ts'
import { awaited, patience } from './wait.ts'

export interface Account {
  name: string
  email: string
}

const ada: Account = { name: 'Ada', email: 'ada@example.test' }

/** The tab of the web app in which a user signs in; each press waits for what it is about. */
export interface SignInPage {
  page: Page
  reads(text: string): Promise<void>
  press(text: string): Promise<void>
  follow(link: string): Promise<void>
  /** Adds a local account and signs in with it. */
  add(account?: Account): Promise<void>
  /** Signs in with an account that is known here. */
  choose(account?: Account): Promise<void>
  answer(age?: 'adult' | 'with_parent' | 'under_13'): Promise<void>
  /** Lets the extension in; the tab closes by itself. */
  connect(): Promise<void>
}

/** Does what opens a tab of the web app; answers that tab. */
export async function webPageAfter(browser: Browser, open: () => Promise<void>): Promise<SignInPage> {
  const known = new Set(browser.targets())
  await open()
  const target = await browser.waitForTarget(t => t.type() === 'page' && !known.has(t) && t.url().startsWith('http'))
  const page = await target.page()
  if (!page) throw new Error('The tab is gone.')
  page.setDefaultTimeout(patience)
  await page.waitForSelector('main h1')
  const words = (await page.$eval('html', html => html.lang)) === 'ja' ? ja : en
  const named = (name: string, role: string) => `main ::-p-aria([name="${name}"][role="${role}"])`
  const press = (name: string) => pressSelected(page, `"${name}"`, named(name, 'button'))

  return {
    page,
    reads: text => awaited(page, `"${text}"`, async () => void (await page.waitForSelector(`::-p-text(${text})`))),
    press,
    follow: link => pressSelected(page, `"${link}"`, named(link, 'link')),
    async add(account = ada) {
      await page.locator('input[name=name]').fill(account.name)
      await page.locator('input[name=email]').fill(account.email)
      await press(words['embedded.create'])
    },
    choose: (account = ada) => pressSelected(page, account.email, `.choices button ::-p-text(${account.email})`),
    async answer(age = 'adult') {
      await pressSelected(page, age, `input[value=${age}]`)
      if (age !== 'under_13') await pressSelected(page, 'the box', 'input[name=makers]')
      await press(words['welcome.go'])
    },
    connect: () => press(words['connect.yes']),
  }
}

/** Presses the panel's button to sign in. */
export const openSignIn = (browser: Browser, panel: PanelPage): Promise<SignInPage> =>
  webPageAfter(browser, () => pressSelected(panel.page, 'the button to sign in', '.sign-in button'))

/** Signs in from the panel through the pages, by pressing what a person presses. The panel notices by itself. */
export async function signIn(browser: Browser, panel: PanelPage, account = ada): Promise<void> {
  const tab = await openSignIn(browser, panel)
  await tab.add(account)
  await tab.answer()
  await tab.connect()
  await panel.balance()
}
