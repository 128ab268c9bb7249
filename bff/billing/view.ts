import type { Billing as BillingView, Purchase, PurchaseList } from '../contract/billing.ts'
import type { LimitsNow, Statement, StatementKind } from '../contract/credits.ts'
import type { PaymentFactTable, PurchaseTable } from '../db/schema.ts'
import { readAccounts } from '../ledger/accounts.ts'
import { limitWindows, readLimits, spentSince } from '../ledger/limits.ts'
import { readStatement } from '../ledger/statement.ts'
import { readPage } from '../privacy/cursor.ts'
import { personVaults, type Vault } from '../privacy/vault.ts'
import type { Billing } from './billing.ts'
import { creditsLeft } from './facts.ts'
import { isRefundable, refundableUntil } from './refunds.ts'

type Deps = Pick<Billing, 'database' | 'ledger' | 'packs' | 'payments' | 'now'>
type Wanted = { cursor?: string | undefined; limit: number }

/** What people see of billing; every query names the person. */
export function createBillingView({ database, ledger, packs, payments, now }: Deps, vault: Vault) {
  const db = database.read
  const vaultOf = personVaults(db, vault)

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

    /** Newest first. Purchases nobody could pay are left out. */
    async purchases(personId: string, { cursor, limit }: Wanted): Promise<PurchaseList> {
      const { rows, next } = await readPage<PurchaseTable>(await vaultOf(personId), 'purchase', {
        cursor,
        limit,
        read(after, limit) {
          let query = db
            .selectFrom('purchase')
            .selectAll()
            .where('person_id', '=', personId)
            .where('status', '<>', 'new')
          if (after)
            query = query.where(({ eb, refTuple, tuple }) =>
              eb(refTuple('created_at', 'id'), '<', tuple(after.at, after.id)),
            )
          return query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute()
        },
        placeOf: ({ created_at, id }) => ({ at: created_at, id }),
      })
      return { purchases: await Promise.all(rows.map(purchase)), next }
    },

    async statement(
      personId: string,
      { kind, cursor, limit }: Wanted & { kind?: StatementKind | undefined },
    ): Promise<Statement> {
      const { rows, next } = await readPage(await vaultOf(personId), `statement ${kind ?? ''}`, {
        cursor,
        limit,
        read: (after, limit) => readStatement(db, personId, { after, kind, limit }),
        placeOf: line => line,
      })
      return { lines: rows, next }
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
