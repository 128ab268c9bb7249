import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { ProblemError } from '../contract/problems.ts'
import type { Billing } from './billing.ts'
import type { Payments } from './payment-provider.ts'
import { createStripe, createStripePayments } from './stripe/provider.ts'
import { stripeWebhook } from './stripe/webhook.ts'
import { testCheckoutPages } from './test-checkout/pages.ts'
import { createTestPayments } from './test-checkout/provider.ts'

interface ShopDeps {
  mode: 'development' | 'production'
  stripe: { secretKey: string; webhookSecret: string; baseUrl: string } | null
  origin: string
  now: () => number
  /** Somebody has to look. */
  onAlarm(why: string): void
}

export interface Shop {
  payments: Payments
  /** What the payment service needs from us: where it tells its news, or its very page. */
  plugin(billing: Billing): FastifyPluginAsyncTypebox
}

/** Stripe when it has a key; else a test checkout, which production does without. */
export function openShop({ mode, stripe: access, origin, now, onAlarm }: ShopDeps): Shop {
  if (access) {
    const stripe = createStripe(access)
    return {
      payments: createStripePayments(stripe, kind => onAlarm(`the payment service answered: ${kind}`)),
      plugin: ({ tell }) =>
        stripeWebhook({ stripe, secret: access.webhookSecret, live: mode === 'production', tell, onAlarm, now }),
    }
  }
  if (mode === 'production') return { payments: closed, plugin: () => async () => {} }
  return {
    payments: createTestPayments({ mode, origin }),
    plugin: billing => testCheckoutPages({ billing, origin }),
  }
}

const refuse = async () => {
  throw new ProblemError('payments_unavailable')
}

/** Nothing is sold: what was bought elsewhere stays as it is. */
const closed: Payments = {
  kind: 'none',
  open: refuse,
  read: refuse,
  refund: refuse,
  receipt: async () => null,
  async *since() {},
}
