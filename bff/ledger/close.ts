import type { Trx } from '../db/database.ts'
import { addPosted, readAccounts, systemAccounts } from './accounts.ts'
import { assertLedger } from './assert.ts'
import { recordTransfer } from './transfers.ts'

/** Empties the accounts of a person who leaves: credits are forfeited, a debt is written off. Open jobs end before. */
export async function close(trx: Trx, personId: string, at: number): Promise<void> {
  const { free, paid, debt } = await readAccounts(trx, personId)
  assertLedger(free.pending + paid.pending === 0, 'Accounts with open holds cannot be closed.')
  for (const { id, posted } of [free, paid, debt]) {
    if (posted === 0) continue
    const amount = Math.abs(posted)
    const [debit, credit] = posted > 0 ? [id, systemAccounts.forfeit] : [systemAccounts.forfeit, id]
    await addPosted(trx, debit, -amount)
    await addPosted(trx, credit, amount)
    await recordTransfer(trx, { kind: 'correction', debit, credit, amount, at })
  }
}
