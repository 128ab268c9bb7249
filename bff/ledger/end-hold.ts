import { sql } from 'kysely'
import type { Trx } from '../db/database.ts'
import { statement } from '../db/statement.ts'
import { addPosted, endPending, spendableKinds, systemAccounts } from './accounts.ts'
import { assertCredits, assertLedger } from './assert.ts'
import { recordTransfer } from './transfers.ts'

/**
 * The kind is a literal because the index of holds serves only statements that name it; subqueries instead of joins
 * because SQLite prepares a join again whenever its parameters change.
 */
const selectHolds = statement((trx, of: { jobId: string }) =>
  trx
    .selectFrom('transfer as hold')
    .select(['hold.id', 'hold.amount', 'hold.debit as account'])
    .select(row => [
      row.selectFrom('account').select('kind').whereRef('account.id', '=', 'hold.debit').as('kind'),
      row.selectFrom('transfer as end').select('end.id').whereRef('end.pending_id', '=', 'hold.id').as('end'),
    ])
    .where('hold.job_id', '=', of.jobId)
    .where('hold.kind', '=', sql.lit('hold')),
)

/** Ends all holds of a job: takes `cost` of them, free credits first, and gives the rest back. */
export async function endHolds(trx: Trx, jobId: string, cost: number, at: number): Promise<void> {
  assertCredits(cost)
  const { rows: holds } = await selectHolds(trx, { jobId })
  const held = holds.reduce((sum, { amount }) => sum + amount, 0)
  assertLedger(cost <= held, 'A job cannot cost more than is held for it.')

  let rest = cost
  for (const kind of spendableKinds) {
    const hold = holds.find(hold => hold.kind === kind)
    if (!hold) continue
    assertLedger(hold.end === null, 'The hold has ended before.')
    const taken = Math.min(hold.amount, rest)
    rest -= taken
    await endPending(trx, hold.account, hold.amount, taken)
    await recordTransfer(trx, {
      kind: taken > 0 ? 'post' : 'void',
      debit: hold.account,
      credit: systemAccounts.revenue,
      amount: taken,
      job_id: jobId,
      pending_id: hold.id,
      at,
    })
    const freed = hold.amount - taken
    if (kind === 'paid' && freed > 0) await settleDebt(trx, hold.account, freed, jobId, at)
  }
  if (cost > 0) await addPosted(trx, systemAccounts.revenue, cost)
}

const selectDebt = statement((trx, of: { account: string }) =>
  trx
    .selectFrom('account as debt')
    .select(['debt.id', 'debt.posted'])
    .where('debt.kind', '=', 'debt')
    .where('debt.person_id', '=', row => row.selectFrom('account').select('person_id').where('id', '=', of.account)),
)

/** Freed paid credits first pay what a refund or dispute took back beyond the balance. */
async function settleDebt(trx: Trx, account: string, freed: number, jobId: string, at: number): Promise<void> {
  const { rows } = await selectDebt(trx, { account })
  const debt = rows[0]
  assertLedger(debt !== undefined, 'The person has no debt account.')
  const amount = Math.min(freed, -debt.posted)
  if (amount <= 0) return
  await addPosted(trx, account, -amount)
  await addPosted(trx, debt.id, amount)
  await recordTransfer(trx, { kind: 'settle', debit: account, credit: debt.id, amount, job_id: jobId, at })
}
