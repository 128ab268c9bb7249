import { randomUUIDv7 } from 'node:crypto'
import { ProblemError } from '../contract/problems.ts'
import type { Reader, Trx } from '../db/database.ts'
import type { PurchaseTable } from '../db/schema.ts'
import type { Offered } from './facts.ts'

export type Terms = Pick<PurchaseTable, 'pack' | 'currency' | 'amount_minor' | 'credits'>

/** Payment pages somebody can have open at once; far more than anybody needs. */
const mostOpen = 20

/** A purchase the payment service does not know yet. Throws too_many_requests when too many wait to be paid. */
export async function openPurchase(
  trx: Trx,
  personId: string,
  terms: Terms,
  { at, expiresAt }: { at: number; expiresAt: number },
): Promise<PurchaseTable> {
  const { open } = await trx
    .selectFrom('purchase')
    .select(({ fn }) => fn.countAll<number>().as('open'))
    .where('person_id', '=', personId)
    .where('status', 'in', ['new', 'open'])
    .where('expires_at', '>', at)
    .executeTakeFirstOrThrow()
  if (open >= mostOpen) throw new ProblemError('too_many_requests')
  const purchase: PurchaseTable = {
    id: randomUUIDv7(),
    person_id: personId,
    ...terms,
    checkout_session: null,
    payment_intent: null,
    status: 'new',
    created_at: at,
    expires_at: expiresAt,
    paid_at: null,
  }
  await trx.insertInto('purchase').values(purchase).execute()
  return purchase
}

export const findPurchase = (db: Reader, personId: string, id: string): Promise<PurchaseTable | undefined> =>
  db.selectFrom('purchase').selectAll().where('person_id', '=', personId).where('id', '=', id).executeTakeFirst()

/** Writes down again what a backup did not have yet; null when the person is unknown too. */
export async function restorePurchase(
  trx: Trx,
  id: string,
  currency: PurchaseTable['currency'],
  { personId, created_at, ...terms }: Offered,
): Promise<PurchaseTable | null> {
  const person = await trx.selectFrom('person').select('id').where('id', '=', personId).executeTakeFirst()
  if (!person) return null
  const times = { created_at, expires_at: created_at, paid_at: null }
  const unpaid = { checkout_session: null, payment_intent: null, status: 'new' } as const
  const purchase: PurchaseTable = { id, person_id: personId, ...terms, currency, ...unpaid, ...times }
  await trx.insertInto('purchase').values(purchase).execute()
  return purchase
}

/** Of any person: for what the payment service says, which knows no persons. */
export const purchaseById = (db: Reader, id: string): Promise<PurchaseTable | undefined> =>
  db.selectFrom('purchase').selectAll().where('id', '=', id).executeTakeFirst()

export const purchaseByIntent = (db: Reader, paymentIntent: string): Promise<PurchaseTable | undefined> =>
  db.selectFrom('purchase').selectAll().where('payment_intent', '=', paymentIntent).executeTakeFirst()
