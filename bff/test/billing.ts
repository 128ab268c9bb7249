import { addPosted, readAccounts, systemAccounts } from '../credits/accounts.ts'
import { recordTransfer } from '../credits/transfers.ts'
import type { Trx } from '../db/database.ts'

/** What selling packs will do to the books, for tests of what happens to paid credits and debts. */
export async function buyCredits(
  trx: Trx,
  purchase: { ref: string; personId: string; credits: number },
): Promise<void> {
  const { ref, personId, credits } = purchase
  const { paid, debt } = await readAccounts(trx, personId)
  await trx.insertInto('money_event').values({ ref, kind: 'purchase', person_id: personId, credits, at: 0 }).execute()
  const settled = Math.min(credits, -debt.posted)
  for (const [account, amount] of [
    [debt.id, settled],
    [paid.id, credits - settled],
  ] as const)
    await move(trx, systemAccounts.sales, account, amount, { kind: 'grant', event_ref: ref })
}

/** A refund: takes back what is free to take, the rest becomes debt. */
export async function takeBack(trx: Trx, refund: { ref: string; personId: string; credits: number }): Promise<void> {
  const { ref, personId, credits } = refund
  const { paid, debt } = await readAccounts(trx, personId)
  await trx.insertInto('money_event').values({ ref, kind: 'refund', person_id: personId, credits, at: 0 }).execute()
  const taken = Math.min(credits, paid.available)
  for (const [account, amount] of [
    [paid.id, taken],
    [debt.id, credits - taken],
  ] as const)
    await move(trx, account, systemAccounts.sales, amount, { kind: 'correction', event_ref: ref })
}

async function move(
  trx: Trx,
  debit: string,
  credit: string,
  amount: number,
  why: { kind: 'grant' | 'correction'; event_ref: string },
): Promise<void> {
  if (amount === 0) return
  await addPosted(trx, debit, -amount)
  await addPosted(trx, credit, amount)
  await recordTransfer(trx, { ...why, debit, credit, amount, at: 0 })
}
