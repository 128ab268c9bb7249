import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { closed, Id, oneOf } from '../../contract/common.ts'
import { ProblemError } from '../../contract/problems.ts'
import type { PurchaseTable } from '../../db/schema.ts'
import { hidden, html } from '../../web/html.ts'
import { languageOf, type Texts, textsOf } from '../../web/language.ts'
import { type Page, sendPage } from '../../web/page.ts'
import { registerPageScope } from '../../web/scope.ts'
import { checkSameOrigin } from '../../web/site.ts'
import type { Billing } from '../billing.ts'
import { checkoutPage } from '../checkout-page.ts'
import type { CheckoutFact } from '../facts.ts'
import { purchaseById } from '../purchases.ts'
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
 * together with `createTestProvider`, which production refuses.
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

    app.get('/test-checkout', { config, schema: { querystring: closed({ purchase: Id }) } }, async (request, reply) => {
      const purchase = await purchaseOf(request.query.purchase)
      return sendPage(request, reply, t => page(t, origin, purchase))
    })

    app.post('/test-checkout', { config, schema: { body: PayForm } }, async (request, reply) => {
      checkSameOrigin(request, origin)
      const purchase = await purchaseOf(request.body.purchase)
      const { from, to } = isOver(purchase) ? deeds.expire : deeds[request.body.deed]
      const { doneUrl } = checkoutPage(textsOf(languageOf(request)), purchase, origin)
      if (purchase.status !== from) return reply.redirect(doneUrl, 303)
      if (to === null) return sendPage(request, reply, t => page(t, origin, purchase, 'declined'))
      await tell(checkoutFactOf(purchase, to))
      return to === 'pending'
        ? reply.redirect(`/test-checkout?purchase=${purchase.id}`, 303)
        : reply.redirect(doneUrl, 303)
    })
  }

function page(t: Texts, origin: string, purchase: PurchaseTable, said?: 'declined'): Page {
  const { product, doneUrl, cancelUrl } = checkoutPage(t, purchase, origin)
  const possible = (Object.keys(deeds) as Deed[]).filter(
    deed => deeds[deed].from === purchase.status && (deed !== 'konbini' || purchase.currency === 'jpy'),
  )
  return {
    title: t('test.title'),
    here: `/test-checkout?purchase=${purchase.id}`,
    main: html`<p class="note"><b>${t('test.mark')}</b></p>
      <h1>${t('test.title')}</h1>
      <p>${t('test.text')}</p>
      <dl>
        <dt>${t('purchase.credits')}</dt><dd>${product}</dd>
        <dt>${t('purchase.amount')}</dt><dd>${t.money(purchase.currency, purchase.amount_minor)}</dd>
        <dt>${t('purchase.state')}</dt><dd>${t(`purchase.${purchase.status === 'new' ? 'open' : purchase.status}`)}</dd>
      </dl>
      ${said && html`<p role="alert">${t('test.declined')}</p>`}
      <form method="post" action="/test-checkout" class="actions">${hidden({ purchase: purchase.id })}
        ${possible.map(deed => html`<button name="deed" value="${deed}" class="${deed === 'pay' && 'primary'}">${t(`test.${deed}`)}</button>`)}
      </form>
      <p class="actions">${
        purchase.status === 'open'
          ? html`<a class="button" href="${cancelUrl}">${t('test.cancel')}</a>`
          : html`<a class="button" href="${doneUrl}">${t('test.back')}</a>`
      }</p>`,
  }
}
