import type Stripe from 'stripe'
import { newCharge, newDispute, newEvent, newIntentId, newRefund, payerOf } from './stripe-objects.ts'

/** Money of one payment, as Stripe sees it. */
export interface Payment {
  session: Stripe.Checkout.Session
  intentMetadata: Record<string, string>
  charge: Stripe.Charge | null
  refunds: Stripe.Refund[]
  disputes: Stripe.Dispute[]
}

/** What payers, banks and convenience stores do, and the events Stripe makes of it. */
export function createBank(now: () => number) {
  const payments = new Map<string, Payment>()
  const events: Stripe.Event[] = []

  const happen = (type: string, object: object) => void events.push(newEvent(type, object, now()))

  function paymentOf(sessionId: string): Payment {
    const payment = payments.get(sessionId)
    if (!payment) throw new Error(`There is no session ${sessionId}.`)
    return payment
  }

  function complete(payment: Payment, isPaid: boolean): void {
    const { session } = payment
    if (session.status !== 'open') throw new Error(`The session is ${session.status}.`)
    session.status = 'complete'
    session.url = null
    session.customer_details = payerOf()
    session.payment_intent = newIntentId()
    if (isPaid) capture(payment)
    happen('checkout.session.completed', session)
  }

  function capture(payment: Payment): void {
    payment.session.payment_status = 'paid'
    payment.charge = newCharge(payment.session, payment.intentMetadata, now())
  }

  return {
    payments,
    /** All that happened, oldest first. */
    events,

    open(session: Stripe.Checkout.Session, intentMetadata: Record<string, string>) {
      payments.set(session.id, { session, intentMetadata, charge: null, refunds: [], disputes: [] })
      return session
    },
    byIntent: (id: unknown) => [...payments.values()].find(({ session }) => session.payment_intent === id),

    pay: (sessionId: string) => complete(paymentOf(sessionId), true),
    /** A card is refused: the page stays, nothing happens outside it. */
    decline(sessionId: string) {
      if (paymentOf(sessionId).session.status !== 'open') throw new Error('The session is not open.')
    },
    konbini: (sessionId: string) => complete(paymentOf(sessionId), false),
    konbiniPaid(sessionId: string) {
      const payment = paymentOf(sessionId)
      capture(payment)
      happen('checkout.session.async_payment_succeeded', payment.session)
    },
    konbiniRunsOut: (sessionId: string) =>
      happen('checkout.session.async_payment_failed', paymentOf(sessionId).session),
    expire(sessionId: string) {
      const { session } = paymentOf(sessionId)
      session.status = 'expired'
      session.url = null
      happen('checkout.session.expired', session)
    },

    refund(sessionId: string, amount: number, metadata: Record<string, string> = {}): Stripe.Refund {
      const { charge, refunds } = paymentOf(sessionId)
      const made = newRefund(charge!, amount, metadata, now())
      refunds.push(made)
      charge!.amount_refunded += amount
      charge!.refunded = charge!.amount_refunded === charge!.amount
      happen('refund.created', made)
      happen('charge.refunded', charge!)
      return made
    },
    failRefund(sessionId: string, made: Stripe.Refund) {
      const { charge } = paymentOf(sessionId)
      made.status = 'failed'
      charge!.amount_refunded -= made.amount
      charge!.refunded = false
      happen('refund.updated', made)
      happen('refund.failed', made)
    },

    dispute(sessionId: string, amount = paymentOf(sessionId).session.amount_total!): Stripe.Dispute {
      const { charge, disputes } = paymentOf(sessionId)
      const dispute = newDispute(charge!, amount, now())
      disputes.push(dispute)
      charge!.disputed = true
      happen('charge.dispute.created', dispute)
      happen('charge.dispute.funds_withdrawn', dispute)
      return dispute
    },
    winDispute(dispute: Stripe.Dispute) {
      dispute.status = 'won'
      happen('charge.dispute.funds_reinstated', dispute)
      happen('charge.dispute.closed', dispute)
    },
    loseDispute(dispute: Stripe.Dispute) {
      dispute.status = 'lost'
      happen('charge.dispute.closed', dispute)
    },
  }
}
