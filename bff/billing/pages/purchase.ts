import { randomBytes } from 'node:crypto'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { CurrencyCode, type Purchase } from '../../contract/billing.ts'
import { closed, Id } from '../../contract/common.ts'
import { type Html, hidden, html } from '../../web/html.ts'
import { languageOf, type Texts, textsOf } from '../../web/language.ts'
import { messagePage, type Page, sendPage, toCredits } from '../../web/page.ts'
import { checkoutPage } from '../checkout-page.ts'
import type { BillingPagesDeps } from './pages.ts'

const form_token = Type.String()
const BuyForm = closed({ form_token, pack: Type.String({ maxLength: 8 }), currency: CurrencyCode })
const PurchaseForm = closed({ form_token, purchase: Id })
const PurchaseQuery = closed({ purchase: Id })

/** Buying a pack, what became of it, its receipt, and giving it back. */
export const purchasePages =
  ({ billing, show, site, refusal }: BillingPagesDeps): FastifyPluginAsyncTypebox =>
  async app => {
    const config = { access: 'web' } as const
    const toSee = { config: { ...config, signedIn: true }, schema: { querystring: PurchaseQuery } } as const
    const toDo = { config, schema: { body: PurchaseForm } }
    const backTo = (reply: FastifyReply, purchase: string) => reply.redirect(`/credits/done?purchase=${purchase}`, 303)

    app.post('/credits/buy', { config, schema: { body: BuyForm } }, async (request, reply) => {
      const { form_token, ...wanted } = request.body
      const { id } = site.checkForm(request, form_token)
      // Why not, and what can be done about it, stands there.
      if (await refusal(id)) return reply.redirect('/account', 303)
      const said = textsOf(languageOf(request))
      const { url } = await billing.buy(id, wanted, row => checkoutPage(said, row, site.origin))
      reply.header('refresh', `0; url=${url}`)
      return sendPage(request, reply, t => payingPage(t, url))
    })

    app.get('/credits/done', toSee, async (request, reply) => {
      const { id, sessionId } = request.webPerson!
      const row = await billing.purchase(id, request.query.purchase).catch(() => null)
      if (!row) return sendPage(request, reply, t => messagePage(t, 'purchase.unknown', toCredits(t), { status: 404 }))
      const purchase = await show.purchase(row)
      const nonce = wasPaid(purchase) ? randomBytes(16).toString('base64') : undefined
      const script = nonce === undefined ? nonce : creditsUpdated(nonce, site.extensionIds)
      return sendPage(request, reply, t => ({ ...page(t, purchase, site.formToken(sessionId), script), nonce }))
    })

    app.post('/credits/check', toDo, async (request, reply) => {
      const { id } = site.checkForm(request, request.body.form_token)
      await billing.refresh(id, request.body.purchase)
      return backTo(reply, request.body.purchase)
    })

    app.post('/credits/refund', toDo, async (request, reply) => {
      const { id } = site.checkForm(request, request.body.form_token)
      await billing.refund(id, request.body.purchase)
      return backTo(reply, request.body.purchase)
    })

    app.get('/credits/receipt', toSee, async (request, reply) => {
      const url = await billing.receipt(request.webPerson!.id, request.query.purchase)
      if (url) return reply.redirect(url, 303)
      return sendPage(request, reply, t => messagePage(t, 'purchase.receipt.none', toCredits(t)))
    })
  }

/** Whether credits came of it, even if they have gone back since. */
const wasPaid = ({ state }: Purchase): boolean => !['open', 'pending', 'failed', 'expired'].includes(state)

/** Opening it changes nothing. `script` has the extension read the balance again. */
function page(t: Texts, purchase: Purchase, formToken: string, script: Html | undefined): Page {
  const { id, credits, currency, amountMinor, state, createdAt, refundableUntil } = purchase
  const price = t.money(currency, amountMinor)
  const isWaiting = state === 'open' || state === 'pending'
  const fields = hidden({ form_token: formToken, purchase: id })
  return {
    title: t('purchase.title'),
    here: `/credits/done?purchase=${id}`,
    main: html`<h1>${t('purchase.title')}</h1>
      <p role="status">${t(`purchase.${state}.text`)}</p>
      <dl>
        <dt>${t('purchase.credits')}</dt><dd>${t('credits', { count: credits })}</dd>
        <dt>${t('purchase.amount')}</dt><dd>${price}</dd>
        <dt>${t('purchase.state')}</dt><dd>${t(`purchase.${state}`)}</dd>
        <dt>${t('purchase.date')}</dt><dd>${t.time(createdAt)}</dd>
        <dt>${t('purchase.number')}</dt><dd><code>${id}</code></dd>
      </dl>
      <p class="small">${t('purchase.times')}</p>
      ${
        refundableUntil !== null &&
        html`<form method="post" action="/credits/refund">${fields}
        <p>${t('purchase.refund.until', { day: t.day(refundableUntil) })}</p>
        <p class="actions"><button>${t('purchase.refund', { price })}</button></p></form>`
      }
      ${isWaiting && html`<form method="post" action="/credits/check">${fields}<p class="actions"><button>${t('purchase.check')}</button></p></form>`}
      <p class="actions">${wasPaid(purchase) && html`<a class="button" href="/credits/receipt?purchase=${id}">${t('purchase.receipt')}</a>`}
        <a class="button" href="/credits">${t('purchase.other')}</a></p>${script}`,
  }
}

/** Names nothing but our own extensions; the message they get is a hint, and they ask the backend themselves. */
const creditsUpdated = (nonce: string, extensionIds: readonly string[]): Html =>
  html`<script nonce="${nonce}" src="/assets/credits-updated.js" data-extensions="${extensionIds.join(' ')}"></script>`

/** Between the press on "buy" and the payment page: a form of ours may not lead to another site by itself. */
const payingPage = (t: Texts, url: string): Page => ({
  title: t('paying.title'),
  main: html`<h1>${t('paying.title')}</h1>
      <p>${t('paying.text')}</p>
      <p class="actions"><a class="button primary" href="${url}">${t('paying.go')}</a></p>`,
})
