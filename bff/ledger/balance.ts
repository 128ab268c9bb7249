import type { Balance } from '../contract/credits.ts'
import type { Trx } from '../db/database.ts'
import { type Accounts, readAccounts } from './accounts.ts'

/** What can be spent now: nothing while there is a debt. */
export function spendable({ free, paid, debt }: Accounts): number {
  return debt.posted < 0 ? 0 : free.available + paid.available
}

export async function readBalance(trx: Trx, personId: string): Promise<Balance> {
  const accounts = await readAccounts(trx, personId)
  return {
    available: spendable(accounts),
    free: accounts.free.available,
    paid: accounts.paid.available,
    held: accounts.free.pending + accounts.paid.pending,
  }
}
