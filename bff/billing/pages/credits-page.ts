import type { Billing, PackOffer, Purchase } from '../../contract/billing.ts'
import type { LimitsNow } from '../../contract/credits.ts'
import { currencies } from '../../contract/values.ts'
import { type Html, html } from '../../web/html.ts'
import type { Language } from '../../web/language.ts'
import type { Page } from '../../web/layout.ts'
import { hidden } from '../../web/message.ts'
import { type BillingTexts, billingTexts, day, money, number } from '../texts.ts'

interface View {
  overview: Billing
  purchases: readonly Purchase[]
  formToken: string
}

/** Balance, packs, limits and the newest purchases; all without script. */
export function creditsPage(language: Language, { overview, purchases, formToken }: View): Page {
  const b = billingTexts(language)
  return {
    title: `${b('credits.title')} · Mimicit`,
    here: '/credits',
    main: html`<h1>${b('credits.title')}</h1>
      <p>${b('credits.lead')}</p>
      ${balance(b, language, overview)}
      ${overview.packs.length > 0 && packs(b, language, overview, formToken)}
      ${limits(b, language, overview.limits, formToken)}
      <section>
        <h2>${b('purchases.title')}</h2>
        ${purchases.length === 0 ? html`<p>${b('purchases.none')}</p>` : purchaseList(b, language, purchases)}
      </section>
      <p class="actions"><a class="button" href="/account">${b('credits.back')}</a></p>`,
  }
}

function balance(b: BillingTexts, language: Language, { balance, owed }: Billing): Html {
  const row = (term: string, count: number) =>
    html`<dt>${term}</dt><dd>${b('credits', { count: number(language, count) })}</dd>`
  return html`<section>
        <h2>${b('balance.title')}</h2>
        <dl>
          ${row(b('balance.available'), balance.available)}
          ${row(b('balance.free'), balance.free)}
          ${row(b('balance.paid'), balance.paid)}
          ${balance.held > 0 && row(b('balance.held'), balance.held)}
          ${owed > 0 && row(b('balance.owed'), owed)}
        </dl>
        <p class="small">${owed > 0 ? b('balance.owed.text') : b('balance.order')}</p>
        <p class="actions"><a class="button" href="/credits/statement">${b('statement.title')}</a></p>
      </section>`
}

function packs(b: BillingTexts, language: Language, { packs, payments }: Billing, formToken: string): Html {
  const button = ({ id, credits, price }: PackOffer, currency: (typeof currencies)[number]) => {
    const text = b('packs.buy', {
      credits: number(language, credits),
      price: money(language, currency, price[currency]),
    })
    const each = money(language, currency, price[currency] / credits, currency === 'usd' ? 4 : 2)
    return html`<form method="post" action="/credits/buy">${hidden({ form_token: formToken, pack: id, currency })}
            <button>${text}<span class="small">${b('packs.each', { price: each })}</span></button></form>`
  }
  // What people of this language usually pay with comes first.
  const order = language === 'ja' ? currencies.toReversed() : currencies
  return html`<section>
        <h2>${b('packs.title')}</h2>
        ${payments === 'test' && html`<p class="note">${b('packs.test')}</p>`}
        <p>${b('packs.text')}</p>
        <ul class="packs">
          ${packs.map(
            pack => html`<li>
            <p><b>${b('credits', { count: number(language, pack.credits) })}</b>${pack.suggested && html` <span class="tag">${b('packs.suggested')}</span>`}</p>
            <div class="choices">${order.map(currency => button(pack, currency))}</div></li>`,
          )}
        </ul>
        <p class="small">${b('packs.refund')}<br>
          <a href="/legal/commerce">${b('packs.legal.commerce')}</a><br>
          <a href="/legal/prepaid">${b('packs.legal.prepaid')}</a></p>
      </section>`
}

function limits(b: BillingTexts, language: Language, now: LimitsNow, formToken: string): Html {
  const field = (name: string, label: string, value: number | null, used?: number) =>
    html`<label>${label}${used !== undefined && html` <span>(${b('limits.used', { used: number(language, used) })})</span>`}
            <input name="${name}" inputmode="numeric" pattern="[0-9]*" maxlength="7" autocomplete="off" value="${value}"></label>`
  return html`<section>
        <h2>${b('limits.title')}</h2>
        <p>${b('limits.text')}</p>
        <form method="post" action="/credits/limits">
          ${hidden({ form_token: formToken })}
          ${field('per_day', b('limits.day'), now.perDay, now.usedDay)}
          ${field('per_month', b('limits.month'), now.perMonth, now.usedMonth)}
          ${field('ask_above', b('limits.ask'), now.askAbove)}
          <p class="actions"><button>${b('limits.save')}</button></p>
        </form>
      </section>`
}

const purchaseList = (b: BillingTexts, language: Language, purchases: readonly Purchase[]) => html`<ul class="rows">
          ${purchases.map(({ id, credits, currency, amountMinor, state, createdAt }) => {
            const pack = b('credits', { count: number(language, credits) })
            const label = b('purchase.details', { pack, day: day(language, createdAt) })
            return html`<li><p>${pack} · ${money(language, currency, amountMinor)}<br>
            <span class="small">${day(language, createdAt)} · ${b(`purchase.${state}`)}</span></p>
            <a class="button" href="/credits/done?purchase=${id}" aria-label="${label}">${b('purchase.show')}</a></li>`
          })}
        </ul>`
