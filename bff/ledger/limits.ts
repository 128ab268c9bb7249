import { sql } from 'kysely'
import type { SpendingLimits } from '../contract/credits.ts'
import { ProblemError } from '../contract/problems.ts'
import type { Reader, Trx } from '../db/database.ts'
import { statement } from '../db/statement.ts'
import type { Accounts } from './accounts.ts'
import type { Hold } from './hold.ts'

const day = 24 * 60 * 60 * 1000
/** A day is the last 24 hours and a month the last 30 days: nobody's midnight, and never two caps in one night. */
export const limitWindows = { perDay: day, perMonth: 30 * day } as const

const none: SpendingLimits = { perDay: null, perMonth: null, askAbove: null }

const selectLimits = statement((trx, of: { personId: string }) =>
  trx
    .selectFrom('spending_limit')
    .select(['per_day as perDay', 'per_month as perMonth', 'ask_above as askAbove'])
    .where('person_id', '=', of.personId),
)

/** What the person has set for themselves; `trx` may be `database.read`. */
export async function readLimits(trx: Trx, personId: string): Promise<SpendingLimits> {
  return (await selectLimits(trx, { personId })).rows[0] ?? none
}

export async function setLimits(trx: Trx, personId: string, limits: SpendingLimits): Promise<void> {
  const columns = { per_day: limits.perDay, per_month: limits.perMonth, ask_above: limits.askAbove }
  await trx
    .insertInto('spending_limit')
    .values({ person_id: personId, ...columns })
    .onConflict(conflict => conflict.column('person_id').doUpdateSet(columns))
    .execute()
}

/** Part of the transaction that holds: a job that would pass a limit of the person's own is not accepted. */
export async function checkLimits(trx: Trx, accounts: Accounts, hold: Hold, at: number): Promise<void> {
  const { perDay, perMonth, askAbove } = await readLimits(trx, hold.personId)
  const need = hold.price
  if (perDay !== null) await checkCap('cap_reached_day', perDay, limitWindows.perDay)
  if (perMonth !== null) await checkCap('cap_reached_month', perMonth, limitWindows.perMonth)
  if (askAbove !== null && need > askAbove && !hold.confirmed)
    throw new ProblemError('confirmation_needed', { need, limit: askAbove })

  async function checkCap(code: 'cap_reached_day' | 'cap_reached_month', cap: number, window: number): Promise<void> {
    const used = await spentSince(trx, accounts, at - window)
    if (used + need > cap) throw new ProblemError(code, { cap, used, need })
  }
}

/** Credits that were paid for results since then, and those that are held now: they may all be spent. */
export async function spentSince(db: Reader, { free, paid }: Accounts, since: number): Promise<number> {
  const { spent } = await db
    .selectFrom('transfer')
    .select(({ fn }) => fn.sum<number | null>('amount').as('spent'))
    .where('debit', 'in', [free.id, paid.id])
    .where('kind', '=', 'post')
    .where(sql<boolean>`kind in ('post', 'void', 'correction')`)
    .where('at', '>', since)
    .executeTakeFirstOrThrow()
  return (spent ?? 0) + free.pending + paid.pending
}
