import type { Browser } from 'puppeteer'
import { en } from '../../../bff/web/locales/en.ts'
import { ja } from '../../../bff/web/locales/ja.ts'
import { locate, locateAmong } from './locator.ts'
import type { PanelPage } from './panel-page.ts'
import { type WebPage, webPageAfter } from './web-page.ts'

export interface Account {
  name: string
  email: string
}

const ada: Account = { name: 'Ada', email: 'ada@example.test' }

/** The pages through which a user signs in; each press waits for what it is about. */
export interface SignInPage extends WebPage {
  /** Adds a local account and signs in with it. */
  add(account?: Account): Promise<void>
  /** Signs in with an account that is known here. */
  choose(account?: Account): Promise<void>
  answer(age?: 'adult' | 'with_parent' | 'under_13'): Promise<void>
  /** Lets the extension in; the tab closes by itself. */
  connect(): Promise<void>
}

/** Presses the panel's button to sign in. */
export async function openSignIn(browser: Browser, panel: PanelPage): Promise<SignInPage> {
  const button = locate(panel.page, 'the button to sign in', '.sign-in button')
  return signInPage(await webPageAfter(browser, () => button.press()))
}

/** The questions before an account, and the account itself, on a page that leads there. */
export async function signInPage(web: WebPage): Promise<SignInPage> {
  const { page, press } = web
  const words = (await page.$eval('html', html => html.lang)) === 'ja' ? ja : en
  return {
    ...web,
    async add(account = ada) {
      await page.locator('input[name=name]').fill(account.name)
      await page.locator('input[name=email]').fill(account.email)
      await press(words['embedded.create'])
    },
    choose: ({ email } = ada) =>
      locateAmong(
        page,
        email,
        '.choices button',
        (button, wanted) => button.querySelector('.small')?.textContent === wanted,
        email,
      ).press(),
    async answer(age = 'adult') {
      await locate(page, age, `input[value=${age}]`).press()
      if (age !== 'under_13') await locate(page, 'the box', 'input[name=makers]').press()
      await press(words['welcome.go'])
    },
    connect: () => press(words['connect.yes']),
  }
}

/** Signs in from the panel through the pages, by pressing what a user presses. The panel notices by itself. */
export async function signIn(browser: Browser, panel: PanelPage, account = ada): Promise<void> {
  const tab = await openSignIn(browser, panel)
  await tab.add(account)
  await tab.answer()
  await tab.connect()
  await panel.balance()
}
