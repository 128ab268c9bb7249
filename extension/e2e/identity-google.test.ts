import { expect, onTestFinished, test } from 'vitest'
import { startIssuer } from '../../bff/identity/google/test/issuer.ts'
import { en } from '../../bff/web/locales/en.ts'
import { emptyTab, openSession } from './fixtures/session.ts'
import { texts } from './fixtures/texts.ts'
import { openSignIn } from './pages/sign-in-page.ts'
import { waitUntil } from './pages/wait.ts'

const t = texts('en')

test('through an issuer on another site: there and back with every cookie, and in again without a question', async () => {
  const { settings } = await startIssuer()
  const session = await openSession({
    site: emptyTab,
    account: null,
    env: {
      GOOGLE_CLIENT_ID: settings.clientId,
      GOOGLE_CLIENT_SECRET: settings.clientSecret,
      GOOGLE_ISSUER: settings.issuer,
      GOOGLE_AUTHORIZE_URL: settings.authorizeUrl,
      GOOGLE_TOKEN_URL: settings.tokenUrl,
      GOOGLE_KEYS_URL: settings.keysUrl,
    },
  })
  onTestFinished(() => session.close())
  const { panel, chromium } = session
  // The pages are on localhost, the issuer on 127.0.0.1: to the browser, two sites.
  expect(new URL(settings.issuer).hostname).not.toBe(new URL(session.backend.origin).hostname)

  const tab = await openSignIn(chromium.browser, panel)
  await tab.reads(en['welcome.age'])
  await tab.answer()
  await tab.connect()
  expect(await panel.balance()).toBe(50)
  const names = (wanted: string) => document.querySelector('.menu-person')?.textContent === wanted
  await waitUntil(panel.page, 'Ada in the menu', names, 'Adaada@example.test')

  await panel.press('button', t('panel.menu'))
  await panel.press('button', t('account.sign_out'))
  await panel.find('button', t('account.sign_in.generate'))
  const again = await openSignIn(chromium.browser, panel)
  await again.follow(en['connect.other'])
  await again.connect()
  expect(await panel.balance()).toBe(50)
})
