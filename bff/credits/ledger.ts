import type { Balance } from '../contract/credits.ts'
import type { Trx } from '../db/database.ts'
import { openAccounts } from './accounts.ts'
import { readBalance } from './balance.ts'
import { endHolds } from './end-hold.ts'
import { type FreeGrant, grantFree } from './grants.ts'
import { type Hold, hold } from './hold.ts'

/** The only writer of account, money_event and transfer. Every command is part of the caller's transaction. */
export interface Ledger {
  /** Opens the person's paid, free and debt accounts. */
  open(trx: Trx, personId: string): Promise<void>
  /** Free credits once per subject; false when this subject had them before. */
  grantFree(trx: Trx, grant: FreeGrant): Promise<boolean>
  /** Holds `price`, free credits first. Throws ProblemError insufficient_credits { have, need } and changes nothing when there are too few. */
  hold(trx: Trx, hold: Hold): Promise<void>
  /** Takes `cost` (0 to the held price) and gives the rest back. Throws LedgerError when the holds have ended before. */
  post(trx: Trx, jobId: string, cost: number): Promise<void>
  /** Gives the whole hold back. Throws LedgerError when it has ended before. */
  void(trx: Trx, jobId: string): Promise<void>
  /** `trx` may be `database.read`. */
  balance(trx: Trx, personId: string): Promise<Balance>
}

export function createLedger({ now }: { now: () => number }): Ledger {
  return {
    open: openAccounts,
    grantFree: (trx, grant) => grantFree(trx, grant, now()),
    hold: (trx, held) => hold(trx, held, now()),
    post: (trx, jobId, cost) => endHolds(trx, jobId, cost, now()),
    void: (trx, jobId) => endHolds(trx, jobId, 0, now()),
    balance: readBalance,
  }
}
