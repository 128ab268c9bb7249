import type { Balance } from '../contract/credits.ts'
import type { Trx } from '../db/database.ts'
import { openAccounts } from './accounts.ts'
import { readBalance } from './balance.ts'
import { close } from './close.ts'
import { endHolds } from './end-hold.ts'
import { type FreeGrant, grantFree } from './grants.ts'
import { type Hold, hold } from './hold.ts'
import { creditsOf, giveBack, type PaymentFact, type Reversal, sell, takeBack } from './payments.ts'

/** The only writer of account, money_event and transfer. Every command is part of the caller's transaction. */
export interface Ledger {
  /** Opens the person's paid, free and debt accounts. */
  open(trx: Trx, personId: string): Promise<void>
  /** Free credits once per subject; false when this subject had them before. */
  grantFree(trx: Trx, grant: FreeGrant): Promise<boolean>
  /**
   * Holds `price`, free credits first. Throws ProblemError and changes nothing when there are too few credits
   * (insufficient_credits), or when the person's own limits say no (cap_reached_day, cap_reached_month, confirmation_needed).
   */
  hold(trx: Trx, hold: Hold): Promise<void>
  /** Takes `cost` (0 to the held price) and gives the rest back. Throws LedgerError when the holds have ended before. */
  post(trx: Trx, jobId: string, cost: number): Promise<void>
  /** Gives the whole hold back. Throws LedgerError when it has ended before. */
  void(trx: Trx, jobId: string): Promise<void>
  /** The credits of a paid purchase; a debt is paid first. False when this fact was booked before. */
  sell(trx: Trx, sale: PaymentFact): Promise<boolean>
  /** Takes credits of a purchase back; what is not there becomes a debt. False when booked before. */
  takeBack(trx: Trx, reversal: Reversal): Promise<boolean>
  /** Gives back what was taken back. False when booked before. */
  giveBack(trx: Trx, reversal: Reversal): Promise<boolean>
  /** What a purchase has given and not taken back. */
  creditsOf(trx: Trx, purchaseId: string): Promise<number>
  /** Empties the accounts of a person who leaves. Throws LedgerError while a job is open. */
  close(trx: Trx, personId: string): Promise<void>
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
    sell: (trx, sale) => sell(trx, sale, now()),
    takeBack: (trx, reversal) => takeBack(trx, reversal, now()),
    giveBack: (trx, reversal) => giveBack(trx, reversal, now()),
    creditsOf,
    close: (trx, personId) => close(trx, personId, now()),
    balance: readBalance,
  }
}
