import { ProblemError } from '../contract/problems.ts'
import type { Trx } from '../db/database.ts'
import { addPending, readAccounts, spendableKinds, systemAccounts } from './accounts.ts'
import { assertCredits } from './assert.ts'
import { spendable } from './balance.ts'
import { checkLimits } from './limits.ts'
import { recordTransfer } from './transfers.ts'

export interface Hold {
  personId: string
  jobId: string
  price: number
  /** The person was asked and agreed, though the price is above what they want to be asked about. */
  confirmed?: boolean
}

/** Sets `price` aside for a job, free credits first: one hold per account that gives something. */
export async function hold(trx: Trx, held: Hold, at: number): Promise<void> {
  const { personId, jobId, price } = held
  assertCredits(price)
  if (price === 0) return
  const accounts = await readAccounts(trx, personId)
  const have = spendable(accounts)
  if (have < price) throw new ProblemError('insufficient_credits', { have, need: price })
  if (accounts.isLimited) await checkLimits(trx, accounts, held, at)

  let rest = price
  for (const kind of spendableKinds) {
    const account = accounts[kind]
    const amount = Math.min(account.available, rest)
    if (amount === 0) continue
    if (!(await addPending(trx, account.id, amount)))
      throw new ProblemError('insufficient_credits', { have, need: price })
    await recordTransfer(trx, {
      kind: 'hold',
      debit: account.id,
      credit: systemAccounts.revenue,
      amount,
      job_id: jobId,
      at,
    })
    rest -= amount
  }
}
