import type Stripe from 'stripe'
import type { PurchaseTable } from '../../db/schema.ts'
import type { CheckoutFact, Fact, Offered, ReturnFact } from '../facts.ts'

/** Every event that says something about money; the webhook endpoint at Stripe is set up for exactly these. */
export const eventTypes = [
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
  'checkout.session.expired',
  'charge.refunded',
  'refund.created',
  'refund.updated',
  'refund.failed',
  'charge.dispute.created',
  'charge.dispute.funds_withdrawn',
  'charge.dispute.funds_reinstated',
  'charge.dispute.closed',
] as const

/** What an event says, in the words of the ledger; null for what does not concern it. */
export function factOf(event: Stripe.Event): Fact | null {
  switch (event.type) {
    case 'checkout.session.completed':
    case 'checkout.session.async_payment_succeeded':
    case 'checkout.session.expired':
      return checkoutFact(event.data.object)
    case 'checkout.session.async_payment_failed':
      return { ...checkoutFact(event.data.object), outcome: 'failed' }
    case 'charge.refunded':
      return chargeFact(event.data.object)
    case 'refund.created':
    case 'refund.updated':
    case 'refund.failed':
      return refundFact(event.data.object)
    case 'charge.dispute.created':
      return disputeFact(event.data.object, 'opened')
    case 'charge.dispute.funds_withdrawn':
      return disputeFact(event.data.object, 'withdrawn')
    case 'charge.dispute.funds_reinstated':
      return disputeFact(event.data.object, 'reinstated')
    case 'charge.dispute.closed':
      // Lost: the money stays away. Won: its return is an event of its own.
      return disputeFact(event.data.object, event.data.object.status === 'lost' ? 'withdrawn' : 'opened')
    default:
      return null
  }
}

/** Only money that has arrived counts as paid, whatever the event is called. */
export function checkoutFact(session: Stripe.Checkout.Session): CheckoutFact {
  return {
    kind: 'checkout',
    session: session.id,
    purchaseId: session.client_reference_id ?? '',
    paymentIntent: idOf(session.payment_intent),
    amountMinor: session.amount_total ?? 0,
    currency: session.currency ?? '',
    outcome: outcomeOf(session),
    offered: offeredIn(session),
  }
}

/** What goes with a session so that it can be understood without our database: random ids and the offer. */
export const offerOf = ({ id, person_id, pack, credits, amount_minor }: PurchaseTable): Record<string, string> => ({
  purchase: id,
  account: person_id,
  pack,
  credits: String(credits),
  amount: String(amount_minor),
})

function offeredIn({ metadata, client_reference_id, created }: Stripe.Checkout.Session): Offered | null {
  const { purchase, account, pack, credits, amount } = metadata ?? {}
  if (!purchase || purchase !== client_reference_id || !account || !pack) return null
  const [gives, costs] = [Number(credits), Number(amount)]
  if (!Number.isSafeInteger(gives) || gives < 1 || !Number.isSafeInteger(costs) || costs < 1) return null
  return { personId: account, pack, credits: gives, amount_minor: costs, created_at: created * 1000 }
}

function outcomeOf({ status, payment_status }: Stripe.Checkout.Session): CheckoutFact['outcome'] {
  if (status === 'expired') return 'expired'
  if (status !== 'complete') return 'open'
  return payment_status === 'paid' ? 'paid' : 'pending'
}

export function refundFact({ id, amount, status, payment_intent }: Stripe.Refund): ReturnFact | null {
  const paymentIntent = idOf(payment_intent)
  if (paymentIntent === null) return null
  // A refund on its way counts as made: the credits are gone with the first word of it.
  const state = status === 'failed' || status === 'canceled' ? 'failed' : 'made'
  return { kind: 'refund', ref: id, paymentIntent, amountMinor: amount, state }
}

function chargeFact({ id, amount_refunded, payment_intent }: Stripe.Charge): ReturnFact | null {
  const paymentIntent = idOf(payment_intent)
  if (paymentIntent === null) return null
  return { kind: 'charge', ref: id, paymentIntent, amountMinor: amount_refunded, state: 'made' }
}

function disputeFact(
  { id, amount, payment_intent }: Stripe.Dispute,
  state: 'opened' | 'withdrawn' | 'reinstated',
): ReturnFact | null {
  const paymentIntent = idOf(payment_intent)
  return paymentIntent === null ? null : { kind: 'dispute', ref: id, paymentIntent, amountMinor: amount, state }
}

const idOf = (object: string | { id: string } | null): string | null =>
  typeof object === 'string' ? object : (object?.id ?? null)
