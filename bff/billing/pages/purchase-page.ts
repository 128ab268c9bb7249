import type { Purchase } from '../../contract/billing.ts'
import { type Html, html } from '../../web/html.ts'
import type { Language } from '../../web/language.ts'
import type { Page } from '../../web/layout.ts'
import { hidden } from '../../web/message.ts'
import { billingTexts, day, money, number, time } from '../texts.ts'

/** Whether credits came of it, even if they have gone back since. */
export const wasPaid = ({ state }: Purchase): boolean => !['open', 'pending', 'failed', 'expired'].includes(state)

interface View {
  purchase: Purchase
  formToken: string
  /** The page's script, which has the extension read the balance again. */
  tell: Html | false
}

/** One purchase: what became of it, its receipt, and giving it back. Opening it changes nothing. */
export function purchasePage(language: Language, { purchase, formToken, tell }: View): Page {
  const b = billingTexts(language)
  const { id, credits, currency, amountMinor, state, createdAt, refundableUntil } = purchase
  const price = money(language, currency, amountMinor)
  const isWaiting = state === 'open' || state === 'pending'
  const fields = hidden({ form_token: formToken, purchase: id })
  return {
    title: `${b('purchase.title')} · Mimicit`,
    here: `/credits/done?purchase=${id}`,
    main: html`<h1>${b('purchase.title')}</h1>
      <p role="status">${b(`purchase.${state}.text`)}</p>
      <dl>
        <dt>${b('purchase.credits')}</dt><dd>${b('credits', { count: number(language, credits) })}</dd>
        <dt>${b('purchase.amount')}</dt><dd>${price}</dd>
        <dt>${b('purchase.state')}</dt><dd>${b(`purchase.${state}`)}</dd>
        <dt>${b('purchase.date')}</dt><dd>${time(language, createdAt)}</dd>
        <dt>${b('purchase.number')}</dt><dd><code>${id}</code></dd>
      </dl>
      <p class="small">${b('purchase.times')}</p>
      ${
        refundableUntil !== null &&
        html`<form method="post" action="/credits/refund">${fields}
        <p>${b('purchase.refund.until', { day: day(language, refundableUntil) })}</p>
        <p class="actions"><button>${b('purchase.refund', { price })}</button></p></form>`
      }
      ${isWaiting && html`<form method="post" action="/credits/check">${fields}<p class="actions"><button>${b('purchase.check')}</button></p></form>`}
      <p class="actions">${wasPaid(purchase) && html`<a class="button" href="/credits/receipt?purchase=${id}">${b('purchase.receipt')}</a>`}
        <a class="button" href="/credits">${b('purchase.other')}</a></p>${tell}`,
  }
}

/** Names nothing but our own extensions; the message they get is a hint, and they ask the backend themselves. */
export const creditsUpdated = (nonce: string, extensionIds: readonly string[]): Html =>
  html`<script nonce="${nonce}" src="/assets/credits-updated.js" data-extensions="${extensionIds.join(' ')}"></script>`

/** Between the press on "buy" and the payment page: a form of ours may not lead to another site by itself. */
export function payingPage(language: Language, url: string): Page {
  const b = billingTexts(language)
  return {
    title: `${b('paying.title')} · Mimicit`,
    main: html`<h1>${b('paying.title')}</h1>
      <p>${b('paying.text')}</p>
      <p class="actions"><a class="button primary" href="${url}">${b('paying.go')}</a></p>`,
  }
}
