import type { Trx } from '../db/database.ts'
import type { TransferTable } from '../db/schema.ts'
import { addPosted, readAccounts, systemAccounts } from './accounts.ts'
import { assertCredits, assertLedger } from './assert.ts'
import { recordTransfer } from './transfers.ts'

/** Something that happened to a payment outside, with the name it has there: booked once, whatever comes again. */
export interface PaymentFact {
  ref: string
  personId: string
  purchaseId: string
  credits: number
}
export interface Reversal extends PaymentFact {
  kind: 'refund' | 'dispute'
}

/** The credits of a paid purchase: a debt is paid first. False when this fact was booked before. */
export async function sell(trx: Trx, sale: PaymentFact, at: number): Promise<boolean> {
  if (!(await recordFact(trx, { ...sale, kind: 'purchase' }, at))) return false
  await receive(trx, sale, 'grant', at)
  return true
}

/** Takes credits of a purchase back: what has been spent or is held becomes a debt. False when booked before. */
export async function takeBack(trx: Trx, reversal: Reversal, at: number): Promise<boolean> {
  if (!(await recordFact(trx, reversal, at))) return false
  const { personId, credits } = reversal
  const { paid, debt } = await readAccounts(trx, personId)
  const taken = Math.min(credits, paid.available)
  await move(trx, paid.id, systemAccounts.sales, taken, { kind: 'correction', ref: reversal.ref, at })
  await move(trx, debt.id, systemAccounts.sales, credits - taken, { kind: 'correction', ref: reversal.ref, at })
  return true
}

/** Gives back what `takeBack` took: the refund failed, or the dispute was won. False when booked before. */
export async function giveBack(trx: Trx, reversal: Reversal, at: number): Promise<boolean> {
  if (!(await recordFact(trx, reversal, at))) return false
  await receive(trx, reversal, 'correction', at)
  return true
}

/** What a purchase has given and not taken back. */
export async function creditsOf(trx: Trx, purchaseId: string): Promise<number> {
  const { net } = await trx
    .selectFrom('transfer')
    .select(({ fn, eb }) =>
      fn
        .sum<number | null>(
          eb
            .case()
            .when('credit', '=', systemAccounts.sales)
            .then(eb.neg(eb.ref('amount')))
            .else(eb.ref('amount'))
            .end(),
        )
        .as('net'),
    )
    .where('event_ref', 'in', facts =>
      facts.selectFrom('money_event').select('ref').where('purchase_id', '=', purchaseId),
    )
    .executeTakeFirstOrThrow()
  return net ?? 0
}

async function recordFact(trx: Trx, fact: PaymentFact & { kind: 'purchase' | 'refund' | 'dispute' }, at: number) {
  const { ref, kind, personId, purchaseId, credits } = fact
  assertCredits(credits)
  assertLedger(credits > 0, 'A payment moves at least one credit.')
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('money_event')
    .values({ ref, kind, person_id: personId, purchase_id: purchaseId, credits, at })
    .onConflict(conflict => conflict.column('ref').doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

async function receive(trx: Trx, fact: PaymentFact, kind: 'grant' | 'correction', at: number): Promise<void> {
  const { paid, debt } = await readAccounts(trx, fact.personId)
  const settled = Math.min(fact.credits, -debt.posted)
  await move(trx, systemAccounts.sales, debt.id, settled, { kind, ref: fact.ref, at })
  await move(trx, systemAccounts.sales, paid.id, fact.credits - settled, { kind, ref: fact.ref, at })
}

type Why = Pick<TransferTable, 'kind' | 'at'> & { ref: string }

async function move(trx: Trx, debit: string, credit: string, amount: number, { kind, ref, at }: Why): Promise<void> {
  if (amount === 0) return
  await addPosted(trx, debit, -amount)
  await addPosted(trx, credit, amount)
  await recordTransfer(trx, { kind, debit, credit, amount, event_ref: ref, at })
}
