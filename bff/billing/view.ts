import type { Billing as BillingView, Purchase } from '../contract/billing.ts'
import type { LimitsNow } from '../contract/credits.ts'
import type { PaymentFactTable, PurchaseTable } from '../db/schema.ts'
import { readAccounts } from '../ledger/accounts.ts'
import { limitWindows, readLimits, spentSince } from '../ledger/limits.ts'
import type { Place } from '../privacy/cursor.ts'
import type { Billing } from './billing.ts'
import { creditsLeft } from './facts.ts'
import { isRefundable, refundableUntil } from './refunds.ts'

type Deps = Pick<Billing, 'database' | 'ledger' | 'packs' | 'payments' | 'now'>

/** What people see of billing; every query names the person. */
export function createBillingView({ database, ledger, packs, payments, now }: Deps) {
  const db = database.read

  async function limits(personId: string): Promise<LimitsNow> {
    const accounts = await readAccounts(db, personId)
    const used = (window: number) => spentSince(db, accounts, now() - window)
    return {
      ...(await readLimits(db, personId)),
      usedDay: await used(limitWindows.perDay),
      usedMonth: await used(limitWindows.perMonth),
    }
  }

  async function purchase(row: PurchaseTable): Promise<Purchase> {
    const known = row.payment_intent
      ? await db.selectFrom('payment_fact').selectAll().where('payment_intent', '=', row.payment_intent).execute()
      : []
    return {
      id: row.id,
      pack: row.pack,
      credits: row.credits,
      currency: row.currency,
      amountMinor: row.amount_minor,
      state: stateOf(row, known),
      createdAt: row.created_at,
      paidAt: row.paid_at,
      refundableUntil: (await isRefundable(db, row, ledger, now())) ? refundableUntil(row) : null,
    }
  }

  return {
    limits,
    purchase,

    async overview(personId: string): Promise<BillingView> {
      const { debt } = await readAccounts(db, personId)
      return {
        balance: await ledger.balance(db, personId),
        owed: debt.posted === 0 ? 0 : -debt.posted,
        limits: await limits(personId),
        packs: (payments.kind === 'none' ? [] : packs.all()).map(({ id, credits, suggested, price }) => ({
          id,
          credits,
          suggested,
          price,
        })),
        payments: payments.kind,
      }
    },

    /** Newest first, one more than asked for when there are more. Purchases nobody could pay are left out. */
    async purchases(
      personId: string,
      { after, limit }: { after: Place | null; limit: number },
    ): Promise<PurchaseTable[]> {
      let query = db.selectFrom('purchase').selectAll().where('person_id', '=', personId).where('status', '<>', 'new')
      if (after)
        query = query.where(({ eb, refTuple, tuple }) =>
          eb(refTuple('created_at', 'id'), '<', tuple(after.at, after.id)),
        )
      return query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute()
    },
  }
}
export type ShowBilling = ReturnType<typeof createBillingView>

function stateOf(row: PurchaseTable, known: PaymentFactTable[]): Purchase['state'] {
  if (row.status !== 'paid') return row.status === 'new' ? 'open' : row.status
  if (known.some(({ kind, state }) => kind === 'dispute' && state === 'withdrawn')) return 'disputed'
  const left = creditsLeft(row, known)
  if (left === row.credits) return 'paid'
  return left === 0 ? 'refunded' : 'part_refunded'
}
