import { randomUUIDv7 } from 'node:crypto'
import type { Trx } from '../db/database.ts'
import type { TransferTable } from '../db/schema.ts'
import { statement } from '../db/statement.ts'

type NewTransfer = Pick<TransferTable, 'kind' | 'debit' | 'credit' | 'amount' | 'at'> &
  Partial<Pick<TransferTable, 'job_id' | 'pending_id' | 'event_ref'>>

const insertTransfer = statement((trx, transfer: TransferTable) =>
  trx.insertInto('transfer').values({
    id: transfer.id,
    kind: transfer.kind,
    debit: transfer.debit,
    credit: transfer.credit,
    amount: transfer.amount,
    job_id: transfer.job_id,
    pending_id: transfer.pending_id,
    event_ref: transfer.event_ref,
    at: transfer.at,
  }),
)

/** Writes a line into the ledger; the balances are moved by its caller in the same transaction. */
export async function recordTransfer(trx: Trx, transfer: NewTransfer): Promise<void> {
  await insertTransfer(trx, { id: randomUUIDv7(), job_id: null, pending_id: null, event_ref: null, ...transfer })
}
