import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { Billing, PackOffer, Purchase } from '../../contract/billing.ts'
import { closed } from '../../contract/common.ts'
import type { LimitsNow, SpendingLimits } from '../../contract/credits.ts'
import { type Currency, currencies, highestLimit } from '../../contract/values.ts'
import { setLimits } from '../../ledger/limits.ts'
import { type Html, hidden, html } from '../../web/html.ts'
import type { Texts } from '../../web/language.ts'
import { messagePage, type Page, sendPage, toCredits } from '../../web/page.ts'
import type { BillingPagesDeps } from './pages.ts'

const LimitText = Type.String({ maxLength: 20 })
const LimitsForm = closed({
  form_token: Type.String(),
  per_day: LimitText,
  per_month: LimitText,
  ask_above: LimitText,
})
const purchasesShown = 20

/** Balance, packs, limits and the newest purchases; all without script. */
export const creditsPages =
  ({ billing, show, site }: BillingPagesDeps): FastifyPluginAsyncTypebox =>
  async app => {
    app.get('/credits', { config: { access: 'web', signedIn: true } }, async (request, reply) => {
      const { id, sessionId } = request.webPerson!
      const overview = await show.overview(id)
      const { purchases } = await show.purchases(id, { cursor: undefined, limit: purchasesShown })
      return sendPage(request, reply, t => page(t, { overview, purchases, formToken: site.formToken(sessionId) }))
    })

    app.post('/credits/limits', { config: { access: 'web' }, schema: { body: LimitsForm } }, async (request, reply) => {
      const { form_token, ...texts } = request.body
      const { id } = site.checkForm(request, form_token)
      const limits = readLimits(texts)
      if (!limits) return sendPage(request, reply, t => messagePage(t, 'problem.limits', toCredits(t), { status: 400 }))
      await billing.database.write(trx => setLimits(trx, id, limits))
      return reply.redirect('/credits', 303)
    })
  }

/** Null when one of them is neither empty nor a number of credits. */
function readLimits(texts: { per_day: string; per_month: string; ask_above: string }): SpendingLimits | null {
  const numbers = [texts.per_day, texts.per_month, texts.ask_above].map(text => {
    const plain = text.trim()
    if (plain === '') return null
    const value = /^\d{1,7}$/.test(plain) ? Number(plain) : Number.NaN
    return value <= highestLimit ? value : Number.NaN
  })
  if (numbers.some(Number.isNaN)) return null
  const [perDay = null, perMonth = null, askAbove = null] = numbers
  return { perDay, perMonth, askAbove }
}

interface View {
  overview: Billing
  purchases: readonly Purchase[]
  formToken: string
}

const page = (t: Texts, { overview, purchases, formToken }: View): Page => ({
  title: t('credits.title'),
  here: '/credits',
  main: html`<h1>${t('credits.title')}</h1>
      <p>${t('credits.lead')}</p>
      ${balance(t, overview)}
      ${overview.packs.length > 0 && packs(t, overview, formToken)}
      ${limits(t, overview.limits, formToken)}
      <section>
        <h2>${t('purchases.title')}</h2>
        ${purchases.length === 0 ? html`<p>${t('purchases.none')}</p>` : html`<ul class="rows">${purchases.map(one => purchase(t, one))}</ul>`}
      </section>
      <p class="actions"><a class="button" href="/account">${t('credits.back')}</a></p>`,
})

function balance(t: Texts, { balance, owed }: Billing): Html {
  const row = (term: string, count: number) => html`<dt>${term}</dt><dd>${t('credits', { count })}</dd>`
  return html`<section>
        <h2>${t('balance.title')}</h2>
        <dl>
          ${row(t('balance.available'), balance.available)}
          ${row(t('balance.free'), balance.free)}
          ${row(t('balance.paid'), balance.paid)}
          ${balance.held > 0 && row(t('balance.held'), balance.held)}
          ${owed > 0 && row(t('balance.owed'), owed)}
        </dl>
        <p class="small">${owed > 0 ? t('balance.owed.text') : t('balance.order')}</p>
        <p class="actions"><a class="button" href="/credits/statement">${t('statement.title')}</a></p>
      </section>`
}

function packs(t: Texts, { packs, payments }: Billing, formToken: string): Html {
  const button = ({ id, credits, price }: PackOffer, currency: Currency) => {
    const each = t.money(currency, price[currency] / credits, currency === 'usd' ? 4 : 2)
    return html`<form method="post" action="/credits/buy">${hidden({ form_token: formToken, pack: id, currency })}
            <button>${t('packs.buy', { credits, price: t.money(currency, price[currency]) })}<span class="small">${t('packs.each', { price: each })}</span></button></form>`
  }
  // What people of this language usually pay with comes first.
  const order = t.language === 'ja' ? currencies.toReversed() : currencies
  return html`<section>
        <h2>${t('packs.title')}</h2>
        ${payments === 'test' && html`<p class="note">${t('packs.test')}</p>`}
        <p>${t('packs.text')}</p>
        <ul class="packs">
          ${packs.map(
            pack => html`<li>
            <p><b>${t('credits', { count: pack.credits })}</b>${pack.suggested && html` <span class="tag">${t('packs.suggested')}</span>`}</p>
            <div class="choices">${order.map(currency => button(pack, currency))}</div></li>`,
          )}
        </ul>
        <p class="small">${t('packs.refund')}<br>
          <a href="/legal/commerce">${t('packs.legal.commerce')}</a><br>
          <a href="/legal/prepaid">${t('packs.legal.prepaid')}</a></p>
      </section>`
}

function limits(t: Texts, now: LimitsNow, formToken: string): Html {
  const field = (name: string, label: string, value: number | null, used?: number) =>
    html`<label>${label}${used !== undefined && html` <span>(${t('limits.used', { used })})</span>`}
            <input name="${name}" inputmode="numeric" pattern="[0-9]*" maxlength="7" autocomplete="off" value="${value}"></label>`
  return html`<section>
        <h2>${t('limits.title')}</h2>
        <p>${t('limits.text')}</p>
        <form method="post" action="/credits/limits">
          ${hidden({ form_token: formToken })}
          ${field('per_day', t('limits.day'), now.perDay, now.usedDay)}
          ${field('per_month', t('limits.month'), now.perMonth, now.usedMonth)}
          ${field('ask_above', t('limits.ask'), now.askAbove)}
          <p class="actions"><button>${t('limits.save')}</button></p>
        </form>
      </section>`
}

function purchase(t: Texts, { id, credits, currency, amountMinor, state, createdAt }: Purchase): Html {
  const pack = t('credits', { count: credits })
  const label = t('purchase.details', { pack, day: t.day(createdAt) })
  return html`
          <li><p>${pack} · ${t.money(currency, amountMinor)}<br>
            <span class="small">${t.day(createdAt)} · ${t(`purchase.${state}`)}</span></p>
            <a class="button" href="/credits/done?purchase=${id}" aria-label="${label}">${t('purchase.show')}</a></li>`
}
