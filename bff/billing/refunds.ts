import { sql } from 'kysely'
import { ProblemError } from '../contract/problems.ts'
import type { Reader, Trx } from '../db/database.ts'
import type { PurchaseTable } from '../db/schema.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Reconcile } from './reconciler.ts'
import { unusedOf } from './unspent.ts'

/** An unused pack can be given back for so long. */
export const refundMs = 14 * 24 * 60 * 60 * 1000

export const refundableUntil = ({ paid_at }: PurchaseTable): number | null => paid_at && paid_at + refundMs

/**
 * The person wants their money back: within the time, as long as none of the pack is used and nothing else is going on
 * with its payment. Takes the credits back at once; the money follows outside.
 */
export async function requestRefund(
  trx: Trx,
  { purchase, ledger, reconcile, at }: { purchase: PurchaseTable; ledger: Ledger; reconcile: Reconcile; at: number },
): Promise<void> {
  if (!(await isRefundable(trx, purchase, ledger, at))) throw new ProblemError('not_refundable')
  await reconcile(trx, {
    kind: 'request',
    ref: `request:${purchase.id}`,
    paymentIntent: purchase.payment_intent!,
    amountMinor: purchase.amount_minor,
    state: 'made',
  })
}

export async function isRefundable(trx: Trx, purchase: PurchaseTable, ledger: Ledger, at: number): Promise<boolean> {
  const until = refundableUntil(purchase)
  if (purchase.status !== 'paid' || until === null || at > until) return false
  const known = await trx
    .selectFrom('payment_fact')
    .select('ref')
    .where('payment_intent', '=', purchase.payment_intent)
    .executeTakeFirst()
  if (known) return false
  return (await unusedOf(trx, purchase, ledger)) === purchase.credits
}

/** Refunds that were asked for here and that the payment service may not know of. */
export const openRequests = (db: Reader): Promise<PurchaseTable[]> =>
  db
    .selectFrom('purchase')
    .selectAll('purchase')
    .innerJoin('payment_fact as request', 'request.payment_intent', 'purchase.payment_intent')
    // A literal, because the index of requests serves only statements that name the kind.
    .where('request.kind', '=', sql.lit('request'))
    .where('request.state', '=', 'made')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('payment_fact as refund')
            .select('refund.ref')
            .whereRef('refund.payment_intent', '=', 'purchase.payment_intent')
            .where('refund.kind', '=', 'refund'),
        ),
      ),
    )
    .execute()
