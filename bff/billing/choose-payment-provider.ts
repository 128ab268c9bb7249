import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { ProblemError } from '../contract/problems.ts'
import type { Billing } from './billing.ts'
import type { PaymentProvider } from './payment-provider.ts'
import { createStripe, createStripeProvider } from './stripe/provider.ts'
import { stripeWebhook } from './stripe/webhook.ts'
import { testCheckoutPages } from './test-checkout/pages.ts'
import { createTestProvider } from './test-checkout/provider.ts'

interface Deps {
  mode: 'development' | 'production'
  stripe: { secretKey: string; webhookSecret: string; baseUrl: string } | null
  origin: string
  now: () => number
  /** Somebody has to look. */
  onAlarm(why: string): void
}

export interface ChosenProvider {
  provider: PaymentProvider
  /** What it needs from us: where it sends its webhook events, or its very page. */
  plugin(billing: Billing): FastifyPluginAsyncTypebox
}

/** Stripe when it has a key; else a test checkout, which production does without. */
export function choosePaymentProvider({ mode, stripe: access, origin, now, onAlarm }: Deps): ChosenProvider {
  if (access) {
    const stripe = createStripe(access)
    return {
      provider: createStripeProvider(stripe, kind => onAlarm(`the payment provider answered: ${kind}`)),
      plugin: ({ tell }) =>
        stripeWebhook({ stripe, secret: access.webhookSecret, live: mode === 'production', tell, onAlarm, now }),
    }
  }
  if (mode === 'production') return { provider: closed, plugin: () => async () => {} }
  return {
    provider: createTestProvider({ mode, origin }),
    plugin: billing => testCheckoutPages({ billing, origin }),
  }
}

const refuse = async () => {
  throw new ProblemError('payments_unavailable')
}

/** Nothing is sold: what was bought elsewhere stays as it is. */
const closed: PaymentProvider = {
  kind: 'none',
  open: refuse,
  read: refuse,
  refund: refuse,
  receipt: async () => null,
  async *since() {},
}
