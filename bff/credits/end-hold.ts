import type { Trx } from '../db/database.ts'
import { statement } from '../db/statement.ts'
import { addPosted, endPending, systemAccounts } from './accounts.ts'
import { assertCredits, assertLedger } from './assert.ts'
import { recordTransfer } from './transfers.ts'

/** The holds of a job in the order they are spent, each with its end and the debt of its person. */
const selectHolds = statement((trx, of: { jobId: string }) =>
  trx
    .selectFrom('transfer as hold')
    .innerJoin('account as purse', 'purse.id', 'hold.debit')
    .innerJoin('account as debt', join =>
      join.onRef('debt.person_id', '=', 'purse.person_id').on('debt.kind', '=', 'debt'),
    )
    .leftJoin('transfer as end', 'end.pending_id', 'hold.id')
    .select(['hold.id', 'hold.amount', 'purse.id as purse', 'purse.kind', 'end.id as end'])
    .select(['debt.id as debtAccount', 'debt.posted as debt'])
    .where('hold.job_id', '=', of.jobId)
    .where('hold.kind', '=', 'hold')
    .orderBy('purse.kind'),
)

/** Ends all holds of a job: takes `cost` of them, free credits first, and gives the rest back. */
export async function endHolds(trx: Trx, jobId: string, cost: number, at: number): Promise<void> {
  assertCredits(cost)
  const { rows: holds } = await selectHolds(trx, { jobId })
  const held = holds.reduce((sum, { amount }) => sum + amount, 0)
  assertLedger(cost <= held, 'A job cannot cost more than is held for it.')
  assertLedger(
    holds.every(({ end }) => end === null),
    'The holds of this job have ended before.',
  )

  let rest = cost
  for (const { id, amount, purse, kind, debt, debtAccount } of holds) {
    const taken = Math.min(amount, rest)
    rest -= taken
    await endPending(trx, purse, amount, taken)
    await recordTransfer(trx, {
      kind: taken > 0 ? 'post' : 'void',
      debit: purse,
      credit: systemAccounts.revenue,
      amount: taken,
      job_id: jobId,
      pending_id: id,
      at,
    })
    if (kind === 'paid')
      await settleDebt(trx, { purse, debtAccount, amount: Math.min(amount - taken, -debt), jobId, at })
  }
  if (cost > 0) await addPosted(trx, systemAccounts.revenue, cost)
}

/** Freed paid credits first pay what a refund or dispute took back beyond the balance. */
async function settleDebt(
  trx: Trx,
  {
    purse,
    debtAccount,
    amount,
    jobId,
    at,
  }: { purse: string; debtAccount: string; amount: number; jobId: string; at: number },
): Promise<void> {
  if (amount <= 0) return
  await addPosted(trx, purse, -amount)
  await addPosted(trx, debtAccount, amount)
  await recordTransfer(trx, { kind: 'settle', debit: purse, credit: debtAccount, amount, job_id: jobId, at })
}
