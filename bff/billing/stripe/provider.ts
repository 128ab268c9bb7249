import Stripe from 'stripe'
import { ProblemError } from '../../contract/problems.ts'
import type { PurchaseTable } from '../../db/schema.ts'
import { type CheckoutPage, type PaymentProvider, RefundRefused } from '../payment-provider.ts'
import { checkoutFact, eventTypes, factOf, offerOf, refundFact } from './facts.ts'

interface StripeDeps {
  secretKey: string
  baseUrl: string
  /** Of a call that was not answered; its key makes it one call all the same. */
  retries?: number
}

const timeoutMs = 20_000

/** Stripe's own client, told everything: it reads no environment and sends no telemetry. */
export function createStripe({ secretKey, baseUrl, retries = 2 }: StripeDeps): Stripe {
  const { protocol, hostname, port } = new URL(baseUrl)
  return new Stripe(secretKey, {
    apiVersion: '2026-10-28.endive',
    protocol: protocol === 'http:' ? 'http' : 'https',
    host: hostname,
    ...(port && { port }),
    timeout: timeoutMs,
    maxNetworkRetries: retries,
    telemetry: false,
  })
}

/**
 * Selling through Stripe's hosted page. Each call has our own key: asked twice, Stripe does it once. `onTrouble` hears
 * the kind of an error and never its words, which can quote what was sent.
 */
export function createStripeProvider(stripe: Stripe, onTrouble: (kind: string) => void): PaymentProvider {
  async function asked<T>(
    call: () => Promise<T>,
    refusal: Error = new ProblemError('payments_unavailable'),
  ): Promise<T> {
    try {
      return await call()
    } catch (error) {
      onTrouble(error instanceof Stripe.errors.StripeError ? error.type : 'no answer')
      // Stripe has understood the request and will never do it.
      if (error instanceof Stripe.errors.StripeInvalidRequestError) throw refusal
      throw new ProblemError('payments_unavailable')
    }
  }

  return {
    kind: 'stripe',

    async open(purchase, page) {
      const options = { idempotencyKey: `open:${purchase.id}` }
      const session = await asked(() => stripe.checkout.sessions.create(sessionOf(purchase, page), options))
      expectObject(session, 'checkout.session')
      if (!session.url) throw new ProblemError('payments_unavailable')
      return { session: session.id, paymentIntent: checkoutFact(session).paymentIntent, url: session.url }
    },

    async read({ checkout_session: id }) {
      const session = await asked(() => stripe.checkout.sessions.retrieve(id!))
      expectObject(session, 'checkout.session')
      return checkoutFact(session)
    },

    async refund({ id, payment_intent }) {
      const what = {
        payment_intent: payment_intent!,
        reason: 'requested_by_customer',
        metadata: { purchase: id },
      } as const
      const options = { idempotencyKey: `refund:${id}` }
      const refund = await asked(() => stripe.refunds.create(what, options), new RefundRefused())
      expectObject(refund, 'refund')
      const fact = refundFact(refund)
      if (fact?.paymentIntent !== payment_intent) throw new ProblemError('payments_unavailable')
      return fact
    },

    async receipt({ payment_intent }) {
      const intent = await asked(() => stripe.paymentIntents.retrieve(payment_intent!, { expand: ['latest_charge'] }))
      expectObject(intent, 'payment_intent')
      const charge = intent.latest_charge
      return typeof charge === 'object' ? (charge?.receipt_url ?? null) : null
    },

    async *since(time) {
      const created = { gte: Math.floor(time / 1000) }
      let after: string | undefined
      do {
        const query = { created, types: [...eventTypes], limit: 100, ...(after && { starting_after: after }) }
        const page = await asked(() => stripe.events.list(query))
        expectObject(page, 'list')
        for (const event of page.data) {
          const fact = factOf(event)
          if (fact) yield fact
        }
        after = page.has_more ? page.data.at(-1)?.id : undefined
      } while (after)
    },
  }
}

/** Nothing about the person goes out: Stripe asks for an e-mail address itself. */
function sessionOf(purchase: PurchaseTable, page: CheckoutPage): Stripe.Checkout.SessionCreateParams {
  const metadata = offerOf(purchase)
  return {
    mode: 'payment',
    ui_mode: 'hosted_page',
    locale: page.language,
    client_reference_id: purchase.id,
    metadata,
    // Refunds and disputes lead back to the payment, not to the session.
    payment_intent_data: { metadata },
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: purchase.currency,
          unit_amount: purchase.amount_minor,
          tax_behavior: 'inclusive',
          product_data: { name: page.product },
        },
      },
    ],
    // Paid is what was offered, in the currency it was offered in.
    adaptive_pricing: { enabled: false },
    success_url: page.doneUrl,
    cancel_url: page.cancelUrl,
    expires_at: Math.floor(purchase.expires_at / 1000),
  }
}

/** The client takes a body without `error` for success, whatever it is and with whatever status it came. */
function expectObject(answer: { object?: string; id?: string }, kind: string): void {
  const fits = answer?.object === kind && (kind === 'list' || typeof answer.id === 'string')
  if (!fits) throw new ProblemError('payments_unavailable')
}
