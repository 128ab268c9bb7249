import type { Trx } from '../db/database.ts'

/** The only writer of account, money_event and transfer. Every command is part of the caller's transaction. */
export interface Ledger {
  /** Opens the person's paid, free and debt accounts. */
  open(trx: Trx, personId: string): Promise<void>
  /** Free credits once per subject; false when this subject had them before. */
  grantFree(trx: Trx, grant: { personId: string; subjectHash: string; credits: number }): Promise<boolean>
  /** Holds `price`, free credits first. Throws ProblemError insufficient_credits { have, need } and changes nothing when there are too few. */
  hold(trx: Trx, hold: { personId: string; jobId: string; price: number }): Promise<void>
  /** Takes `cost` (0 to the held price) and gives the rest back. */
  post(trx: Trx, jobId: string, cost: number): Promise<void>
  /** Gives the whole hold back. */
  void(trx: Trx, jobId: string): Promise<void>
  balance(trx: Trx, personId: string): Promise<{ available: number; free: number; paid: number; held: number }>
}
