import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type Stripe from 'stripe'
import { Type } from 'typebox'
import { closed } from '../../contract/common.ts'
import { ProblemError } from '../../contract/problems.ts'
import type { Fact } from '../facts.ts'
import { factOf } from './facts.ts'

export interface WebhookDeps {
  stripe: Stripe
  secret: string
  /** Whether real money is expected. */
  live: boolean
  /** Takes it over; resolves when it is on the disk. */
  tell(fact: Fact): Promise<void>
  onAlarm(why: string): void
  now: () => number
}

const Received = closed({ received: Type.Literal(true) })
const toleranceSeconds = 300

/**
 * POST /v1/webhooks/stripe. Answered with 200 only after the commit: what is not answered so, Stripe sends again for three
 * days. The body is neither stored nor logged.
 */
export const stripeWebhook =
  ({ stripe, secret, live, tell, onAlarm, now }: WebhookDeps): FastifyPluginAsyncTypebox =>
  async app => {
    app.removeAllContentTypeParsers()
    // The signature is over the bytes as they came.
    app.addContentTypeParser(
      'application/json',
      { parseAs: 'buffer', bodyLimit: 512 * 1024 },
      async (_request: unknown, body: Buffer) => body,
    )

    app.post(
      '/v1/webhooks/stripe',
      { config: { access: 'public' }, schema: { hide: true, response: { 200: Received } } },
      async ({ body, headers }) => {
        const event = verified(body as Buffer, headers['stripe-signature'])
        // Signed all the same, but a test must not give what can be spent, nor real money go unseen.
        if (event.livemode !== live) onAlarm('a payment of the other mode was notified')
        else {
          const fact = factOf(event)
          if (fact) await tell(fact)
        }
        return { received: true } as const
      },
    )

    function verified(body: Buffer, signature: string | string[] | undefined): Stripe.Event {
      // Kept in the proxy's or client's hands it could be a list; Stripe sends one.
      if (typeof signature !== 'string' || !Buffer.isBuffer(body)) throw new ProblemError('webhook_refused')
      const timestamp = Number(/(?:^|,)t=(\d+)/.exec(signature)?.[1])
      // The client refuses what is too old; what is signed for later is as wrong.
      if (timestamp - now() / 1000 > toleranceSeconds) throw new ProblemError('webhook_refused')
      try {
        return stripe.webhooks.constructEvent(body, signature, secret, toleranceSeconds, undefined, now())
      } catch {
        throw new ProblemError('webhook_refused')
      }
    }
  }
