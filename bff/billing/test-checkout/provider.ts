import type { PurchaseTable } from '../../db/schema.ts'
import type { CheckoutFact } from '../facts.ts'
import type { PaymentProvider } from '../payment-provider.ts'

/** Stands in for a payment service where there is none; keeps nothing: the purchase itself says how it stands. */
export function createTestProvider({
  mode,
  origin,
}: {
  mode: 'development' | 'production'
  origin: string
}): PaymentProvider {
  if (mode === 'production') throw new Error('The test checkout is not available in production.')
  return {
    kind: 'test',
    open: async ({ id }) => ({
      session: sessionOf(id),
      paymentIntent: null,
      url: `${origin}/test-checkout?purchase=${id}`,
    }),
    read: async purchase => checkoutFactOf(purchase, purchase.status === 'new' ? 'open' : purchase.status),
    refund: async purchase => ({
      kind: 'refund',
      ref: `re_test_${purchase.id}`,
      paymentIntent: purchase.payment_intent!,
      amountMinor: purchase.amount_minor,
      state: 'made',
    }),
    receipt: async () => null,
    async *since() {},
  }
}

const sessionOf = (purchaseId: string) => `cs_test_${purchaseId}`

export const checkoutFactOf = (purchase: PurchaseTable, outcome: CheckoutFact['outcome']): CheckoutFact => ({
  kind: 'checkout',
  session: sessionOf(purchase.id),
  purchaseId: purchase.id,
  paymentIntent: outcome === 'pending' || outcome === 'paid' || outcome === 'failed' ? `pi_test_${purchase.id}` : null,
  amountMinor: purchase.amount_minor,
  currency: purchase.currency,
  outcome,
  offered: null,
})
