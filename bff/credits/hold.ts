import { ProblemError } from '../contract/problems.ts'
import type { Trx } from '../db/database.ts'
import { addPending, purseKinds, readAccounts, systemAccounts } from './accounts.ts'
import { assertCredits } from './assert.ts'
import { spendable } from './balance.ts'
import { recordTransfer } from './transfers.ts'

export interface Hold {
  personId: string
  jobId: string
  price: number
}

/** Sets `price` aside for a job, free credits first: one hold per purse that gives something. */
export async function hold(trx: Trx, { personId, jobId, price }: Hold, at: number): Promise<void> {
  assertCredits(price)
  if (price === 0) return
  const accounts = await readAccounts(trx, personId)
  const have = spendable(accounts)
  if (have < price) throw new ProblemError('insufficient_credits', { have, need: price })

  let rest = price
  for (const kind of purseKinds) {
    const purse = accounts[kind]
    const amount = Math.min(purse.available, rest)
    if (amount === 0) continue
    if (!(await addPending(trx, purse.id, amount)))
      throw new ProblemError('insufficient_credits', { have, need: price })
    await recordTransfer(trx, {
      kind: 'hold',
      debit: purse.id,
      credit: systemAccounts.revenue,
      amount,
      job_id: jobId,
      at,
    })
    rest -= amount
  }
}
