import { sql } from 'kysely'
import type { Trx } from '../db/database.ts'
import type { PurchaseTable } from '../db/schema.ts'
import type { Ledger } from '../ledger/ledger.ts'

/**
 * Bought credits are one account; which pack they came from follows from one rule: the oldest pack is used first. So what
 * is left belongs to the newest packs.
 */
export async function unusedOf(trx: Trx, purchase: PurchaseTable, ledger: Ledger): Promise<number> {
  const { paid } = await ledger.balance(trx, purchase.person_id)
  const newer = await trx
    .selectFrom('purchase')
    .select('id')
    .where('person_id', '=', purchase.person_id)
    .where('status', '=', 'paid')
    .where(({ eb, refTuple, tuple }) => eb(refTuple('paid_at', 'id'), '>', tuple(purchase.paid_at, purchase.id)))
    .execute()
  let left = paid
  for (const { id } of newer) left -= await ledger.creditsOf(trx, id)
  return Math.max(0, Math.min(left, await ledger.creditsOf(trx, purchase.id)))
}

export interface Unspent {
  currency: 'usd' | 'jpy'
  credits: number
  /** Their price, in the currency's smallest unit, rounded up per pack. */
  amountMinor: number
}

/**
 * Bought credits that were not spent at the end of a moment, and what was paid for them, per currency. Held credits are
 * not spent yet. Free credits are not counted.
 */
export async function unspentAt(trx: Trx, at: number): Promise<Unspent[]> {
  const { rows } = await sql<Unspent>`
    with moved (account_id, amount) as (
      select credit, amount from transfer where kind <> 'hold' and at <= ${at}
      union all select debit, -amount from transfer where kind <> 'hold' and at <= ${at}
    ), bought (person_id, left) as (
      select person_id, sum(amount) from moved join account on account.id = account_id
      where kind = 'paid' group by person_id having sum(amount) > 0
    ), pack (id, person_id, paid_at, currency, price, size, credits) as (
      select purchase.id, purchase.person_id, paid_at, currency, amount_minor, purchase.credits,
        sum(case credit when 'sales' then -amount else amount end)
      from purchase join money_event on purchase_id = purchase.id join transfer on event_ref = ref
      where transfer.at <= ${at} group by purchase.id
    ), share (currency, price, size, credits) as (
      select currency, price, size, max(0, min(pack.credits, bought.left - coalesce(
        sum(pack.credits) over (
          partition by pack.person_id order by paid_at desc, id desc rows between unbounded preceding and 1 preceding
        ), 0)))
      from pack join bought on bought.person_id = pack.person_id
    )
    select currency, sum(credits) as credits, sum((credits * price + size - 1) / size) as amountMinor
    from share group by currency having sum(credits) > 0 order by currency`.execute(trx)
  return rows
}
