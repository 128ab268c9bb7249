import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { closed, Id, oneOf } from '../../contract/common.ts'
import { ProblemError } from '../../contract/problems.ts'
import type { PurchaseTable } from '../../db/schema.ts'
import { html } from '../../web/html.ts'
import type { Language } from '../../web/language.ts'
import type { Page } from '../../web/layout.ts'
import { hidden } from '../../web/message.ts'
import { sendPage } from '../../web/page.ts'
import { checkSameOrigin } from '../../web/same-origin.ts'
import { registerPageScope } from '../../web/scope.ts'
import type { Billing } from '../billing.ts'
import { checkoutPage } from '../checkout-page.ts'
import type { CheckoutFact } from '../facts.ts'
import { purchaseById } from '../purchases.ts'
import { billingTexts, money } from '../texts.ts'
import { checkoutFactOf } from './provider.ts'

/** What a payer can do, from which state, and what becomes of it; null: the card is declined. */
const deeds = {
  pay: { from: 'open', to: 'paid' },
  decline: { from: 'open', to: null },
  konbini: { from: 'open', to: 'pending' },
  expire: { from: 'open', to: 'expired' },
  'konbini.paid': { from: 'pending', to: 'paid' },
  'konbini.lapse': { from: 'pending', to: 'failed' },
} as const satisfies Record<string, { from: PurchaseTable['status']; to: CheckoutFact['outcome'] | null }>
type Deed = keyof typeof deeds

const PayForm = closed({
  purchase: Id,
  deed: oneOf(Object.keys(deeds) as Deed[]),
})

/**
 * The test checkout's page. Whoever has its address can use it, as with Stripe's; it leads back like Stripe's. Made only
 * together with `createTestPayments`, which production refuses.
 */
export const testCheckoutPages =
  ({ billing, origin }: { billing: Billing; origin: string }): FastifyPluginAsyncTypebox =>
  async app => {
    const { database, tell, now } = billing
    const config = { access: 'public' } as const
    await registerPageScope(app, { origin })

    async function purchaseOf(id: string): Promise<PurchaseTable> {
      const purchase = await purchaseById(database.read, id)
      if (!purchase || purchase.status === 'new') throw new ProblemError('not_found')
      return purchase
    }
    const isOver = (purchase: PurchaseTable) => purchase.status === 'open' && now() > purchase.expires_at

    app.get(
      '/test-checkout',
      { config, schema: { hide: true, querystring: closed({ purchase: Id }) } },
      async (request, reply) => {
        const purchase = await purchaseOf(request.query.purchase)
        return sendPage(request, reply, (_, language) => page(language, origin, purchase))
      },
    )

    app.post('/test-checkout', { config, schema: { hide: true, body: PayForm } }, async (request, reply) => {
      checkSameOrigin(request, origin)
      const purchase = await purchaseOf(request.body.purchase)
      const { from, to } = isOver(purchase) ? deeds.expire : deeds[request.body.deed]
      const { doneUrl } = checkoutPage(purchase, 'en', origin)
      if (purchase.status !== from) return reply.redirect(doneUrl, 303)
      if (to === null) return sendPage(request, reply, (_, language) => page(language, origin, purchase, 'declined'))
      await tell(checkoutFactOf(purchase, to))
      return to === 'pending'
        ? reply.redirect(`/test-checkout?purchase=${purchase.id}`, 303)
        : reply.redirect(doneUrl, 303)
    })
  }

function page(language: Language, origin: string, purchase: PurchaseTable, said?: 'declined'): Page {
  const b = billingTexts(language)
  const { product, doneUrl, cancelUrl } = checkoutPage(purchase, language, origin)
  const possible = (Object.keys(deeds) as Deed[]).filter(
    deed => deeds[deed].from === purchase.status && (deed !== 'konbini' || purchase.currency === 'jpy'),
  )
  return {
    title: `${b('test.title')} · Mimicit`,
    here: `/test-checkout?purchase=${purchase.id}`,
    main: html`<p class="note"><b>${b('test.mark')}</b></p>
      <h1>${b('test.title')}</h1>
      <p>${b('test.text')}</p>
      <dl>
        <dt>${b('purchase.credits')}</dt><dd>${product}</dd>
        <dt>${b('purchase.amount')}</dt><dd>${money(language, purchase.currency, purchase.amount_minor)}</dd>
        <dt>${b('purchase.state')}</dt><dd>${b(`purchase.${purchase.status === 'new' ? 'open' : purchase.status}`)}</dd>
      </dl>
      ${said && html`<p role="alert">${b('test.declined')}</p>`}
      <form method="post" action="/test-checkout" class="actions">${hidden({ purchase: purchase.id })}
        ${possible.map(deed => html`<button name="deed" value="${deed}" class="${deed === 'pay' && 'primary'}">${b(`test.${deed}`)}</button>`)}
      </form>
      <p class="actions">${
        purchase.status === 'open'
          ? html`<a class="button" href="${cancelUrl}">${b('test.cancel')}</a>`
          : html`<a class="button" href="${doneUrl}">${b('test.back')}</a>`
      }</p>`,
  }
}
