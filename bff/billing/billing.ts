import { ProblemError } from '../contract/problems.ts'
import type { Database } from '../db/database.ts'
import type { PurchaseTable } from '../db/schema.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Fact } from './facts.ts'
import type { Packs } from './packs.ts'
import { type CheckoutPage, type PaymentProvider, RefundRefused } from './payment-provider.ts'
import { findPurchase, openPurchase } from './purchases.ts'
import { createReconciler } from './reconciler.ts'
import { openRequests, requestRefund } from './refunds.ts'

export interface BillingDeps {
  database: Database
  ledger: Ledger
  packs: Packs
  payments: PaymentProvider
  now: () => number
  /** A balance may have changed. */
  onBalance(personId: string): void
  /** Somebody has to look at a payment. Names no person. */
  onAlarm(why: string): void
}

export type Billing = ReturnType<typeof createBilling>

/** How long a payment page stays open. */
const checkoutMs = 60 * 60 * 1000
/** Events are read again from so long before the last reading: what happens and what is listed are not one instant. */
const overlapMs = 60 * 60 * 1000
const eventsAreKeptMs = 29 * 24 * 60 * 60 * 1000

/** Selling packs and keeping the ledger in step with the payment service. Calls to it stand outside every write. */
export function createBilling({ database, ledger, packs, payments, now, onBalance, onAlarm }: BillingDeps) {
  const reconcile = createReconciler({ ledger, now })

  /** Takes a fact over; resolves when it is on the disk. */
  async function tell(fact: Fact): Promise<void> {
    const { personId, alarm } = await database.write(trx => reconcile(trx, fact))
    if (alarm) onAlarm(alarm)
    if (personId) onBalance(personId)
  }

  async function purchaseOf(personId: string, id: string): Promise<PurchaseTable> {
    const purchase = await findPurchase(database.read, personId, id)
    if (!purchase) throw new ProblemError('not_found')
    return purchase
  }

  /** The refund that was asked for, until the payment service has said what became of it. */
  async function sendRefund(purchase: PurchaseTable): Promise<void> {
    const fact = await payments.refund(purchase).catch(async error => {
      if (!(error instanceof RefundRefused)) throw error
      const { id, payment_intent, amount_minor } = purchase
      await tell({
        kind: 'request',
        ref: `request:${id}`,
        paymentIntent: payment_intent!,
        amountMinor: amount_minor,
        state: 'failed',
      })
      throw new ProblemError('not_refundable')
    })
    await tell(fact)
  }

  return {
    database,
    ledger,
    packs,
    payments,
    now,
    tell,
    purchase: purchaseOf,

    /** A new purchase with the page where it can be paid. */
    async buy(
      personId: string,
      wanted: { pack: string; currency: 'usd' | 'jpy' },
      page: (purchase: PurchaseTable) => CheckoutPage,
    ): Promise<{ purchase: PurchaseTable; url: string }> {
      const pack = packs.find(wanted.pack)
      if (!pack) throw new ProblemError('pack_unknown')
      const { currency } = wanted
      const terms = { pack: pack.id, currency, amount_minor: pack.price[currency], credits: pack.credits }
      const at = now()
      const purchase = await database.write(trx =>
        openPurchase(trx, personId, terms, { at, expiresAt: at + checkoutMs }),
      )
      const { session, paymentIntent, url } = await payments.open(purchase, page(purchase))
      await tell({
        kind: 'checkout',
        session,
        purchaseId: purchase.id,
        paymentIntent,
        amountMinor: purchase.amount_minor,
        currency,
        outcome: 'open',
        offered: null,
      })
      return { purchase: await purchaseOf(personId, purchase.id), url }
    },

    /** Asks the payment service how it stands with a purchase. For the page it leads back to; grants what is paid. */
    async refresh(personId: string, id: string): Promise<PurchaseTable> {
      const purchase = await purchaseOf(personId, id)
      if (purchase.status !== 'open' && purchase.status !== 'pending') return purchase
      await tell(await payments.read(purchase))
      return purchaseOf(personId, id)
    },

    /** Gives the money of an unused pack back: the credits go first, so that they cannot be spent meanwhile. */
    async refund(personId: string, id: string): Promise<PurchaseTable> {
      const purchase = await purchaseOf(personId, id)
      await database.write(trx => requestRefund(trx, { purchase, ledger, reconcile, at: now() }))
      onBalance(personId)
      await sendRefund(purchase)
      return purchaseOf(personId, id)
    },

    async receipt(personId: string, id: string): Promise<string | null> {
      const purchase = await purchaseOf(personId, id)
      return purchase.status === 'paid' ? payments.receipt(purchase) : null
    },

    /**
     * Reads what the payment service says has happened since the last time, and sends refunds again whose answer was
     * lost. Repairs missed notifications, and a database that was restored from a backup.
     */
    async sweep(stopping?: AbortSignal): Promise<void> {
      const started = now()
      const last = await database.read.selectFrom('payment_sweep').select('until').executeTakeFirst()
      const since = Math.max((last?.until ?? 0) - overlapMs, started - eventsAreKeptMs)
      for await (const fact of payments.since(since)) {
        // Told again by the next sweep.
        if (stopping?.aborted) return
        await tell(fact)
      }
      for (const purchase of await openRequests(database.read))
        await sendRefund(purchase).catch(error => {
          if (!(error instanceof ProblemError)) throw error
        })
      await database.write(trx =>
        trx
          .insertInto('payment_sweep')
          .values({ id: 1, until: started })
          .onConflict(conflict => conflict.column('id').doUpdateSet({ until: started }))
          .execute(),
      )
    },
  }
}
