import { createLedgerWatch } from '../billing/audit/watch.ts'
import { createBilling } from '../billing/billing.ts'
import { choosePaymentProvider } from '../billing/choose-payment-provider.ts'
import { loadPacks } from '../billing/packs.ts'
import { lossesOf, offersOf } from '../billing/price-floor.ts'
import { createIdentity } from '../identity/identity.ts'
import { createJobs } from '../jobs/jobs.ts'
import { createPurge } from '../jobs/purge.ts'
import { webhookOf } from '../jobs/webhook-routes.ts'
import { createLedger } from '../ledger/ledger.ts'
import type { Infrastructure } from './infrastructure.ts'

export type Domain = ReturnType<typeof createDomain>

/** The rooms that hold the rules, each given what it may use of the others. */
export function createDomain(infrastructure: Infrastructure) {
  const { config, now, log, secret, vault, databaseFile, database, blobs, registry, providers } = infrastructure
  const { origin, mode } = config
  const ledger = createLedger({ now })
  const identity = createIdentity({
    database,
    ledger,
    vault,
    secrets: { subjects: secret('subjects'), tokens: secret('tokens') },
    freeCredits: config.freeCredits,
    now,
  })
  const jobs = createJobs({
    ...infrastructure,
    ledger,
    mode,
    // Only an address that the internet reaches can be called back.
    callbackOf: job =>
      origin.startsWith('https:') && webhookOf(providers.get(job.provider))
        ? `${origin}/v1/webhooks/${job.provider}/${job.id}`
        : null,
  })

  // Names no person and no payment: what it is about stands at the payment provider.
  const onAlarm = (why: string) => log.error({ reason: why }, 'alarm: a payment needs a look')
  const packs = loadPacks()
  for (const loss of lossesOf(offersOf(registry.all()), packs)) log.warn({ reason: loss }, 'a price is below its cost')
  const payments = choosePaymentProvider({ mode, stripe: config.stripe, origin, now, onAlarm })
  const billing = createBilling({
    database,
    ledger,
    packs,
    payments: payments.provider,
    now,
    onBalance: personId => jobs.signals.send(personId, { type: 'balance' }),
    onAlarm,
  })
  const watch = createLedgerWatch({
    file: databaseFile,
    now,
    onAlarm: what => log.error({ reason: what }, 'alarm: the ledger needs a look'),
  })
  return {
    ledger,
    identity,
    jobs,
    billing,
    paymentRoutes: payments.plugin(billing),
    watch,
    purge: createPurge({ database, blobs, now }),
  }
}
