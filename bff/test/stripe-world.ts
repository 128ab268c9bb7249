import Fastify from 'fastify'
import { onTestFinished } from 'vitest'
import { createBilling } from '../billing/billing.ts'
import { loadPacks } from '../billing/packs.ts'
import { createStripe, createStripeProvider } from '../billing/stripe/provider.ts'
import { stripeWebhook } from '../billing/stripe/webhook.ts'
import { registerAccess } from '../http/access.ts'
import { registerProblems } from '../http/problems.ts'
import { createLedger } from '../ledger/ledger.ts'
import { createClock } from './clock.ts'
import { type TestDatabase, testDatabase } from './database.ts'
import { type Deliver, startFakeStripe } from './fakes/stripe.ts'
import { endJobRow, insertJob, insertPerson } from './rows.ts'

/** Billing with Stripe's own client, a Stripe on this machine, and the route it notifies. */
export async function stripeWorld({ testing }: { testing?: TestDatabase } = {}) {
  const { database, close, file } = testing ?? (await testDatabase())
  const clock = createClock()
  const ledger = createLedger(clock)
  const fake = await startFakeStripe(clock)
  const client = createStripe({ secretKey: fake.secretKey, baseUrl: fake.url, retries: 0 })
  const troubles: string[] = []
  const payments = createStripeProvider(client, kind => void troubles.push(kind))
  const alarms: string[] = []
  const balances: string[] = []
  const billing = createBilling({
    database,
    ledger,
    packs: loadPacks(),
    payments,
    now: clock.now,
    onBalance: personId => void balances.push(personId),
    onAlarm: why => void alarms.push(why),
  })
  const app = Fastify()
  registerProblems(app)
  registerAccess(app, { token: async () => null, session: async () => null } as never)
  await app.register(
    stripeWebhook({
      stripe: client,
      secret: fake.webhookSecret,
      live: false,
      tell: billing.tell,
      onAlarm: why => void alarms.push(why),
      now: clock.now,
    }),
  )
  onTestFinished(async () => {
    await app.close()
    await fake.close()
    if (!testing) await close()
  })

  const post = (body: string, signature?: string) =>
    app.inject({
      method: 'POST',
      url: '/v1/webhooks/stripe',
      headers: {
        'content-type': 'application/json',
        ...(signature !== undefined && { 'stripe-signature': signature }),
      },
      payload: body,
    })
  const deliver: Deliver = async (body, signature) => (await post(body, signature)).statusCode

  return {
    database,
    file,
    clock,
    ledger,
    fake,
    billing,
    payments,
    troubles,
    alarms,
    balances,
    post,
    deliver,
    /** What has happened at Stripe arrives. */
    flush: () => fake.flush(deliver),
    person: (credits = 0) =>
      database.write(async trx => {
        const id = await insertPerson(trx)
        await ledger.open(trx, id)
        await ledger.grantFree(trx, { personId: id, subjectHash: id, credits })
        return id
      }),
    /** An open checkout; answers the purchase with its session. */
    async order(personId: string, pack = 's', currency: 'usd' | 'jpy' = 'jpy') {
      const { purchase } = await billing.buy(personId, { pack, currency }, page)
      return { ...purchase, session: purchase.checkout_session! }
    },
    balance: (personId: string) => ledger.balance(database.read, personId),
    /** Spends credits on a result, at once. */
    spend: (personId: string, price: number) =>
      database.write(async trx => {
        const jobId = (await insertJob(trx, { person_id: personId, price }))!
        await ledger.hold(trx, { personId, jobId, price })
        await ledger.post(trx, jobId, price)
        await endJobRow(trx, jobId, 'done', price)
      }),
  }
}
export type StripeWorld = Awaited<ReturnType<typeof stripeWorld>>

const page = () => ({
  language: 'ja' as const,
  product: '500 credits',
  doneUrl: 'https://mimicit.test/credits/done',
  cancelUrl: 'https://mimicit.test/credits',
})
