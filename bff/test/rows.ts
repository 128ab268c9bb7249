import { randomUUIDv7 } from 'node:crypto'
import type { Insertable } from 'kysely'
import type { Trx } from '../db/database.ts'
import type { JobTable, PurchaseTable } from '../db/schema.ts'

const at = Date.UTC(2026, 0, 1)

/** A person without credits accounts; `Ledger.open` makes those. */
export async function insertPerson(trx: Trx, id: string = randomUUIDv7()): Promise<string> {
  await trx
    .insertInto('person')
    .values({ id, subject_hash: `subject of ${id}`, email: Buffer.of(1), name: Buffer.of(1), created_at: at })
    .execute()
  return id
}

/** Ends a queued job with one result or none; answers whether it was still queued. */
export async function endJobRow(trx: Trx, id: string, state: 'done' | 'failed', charged: number): Promise<boolean> {
  const job = await trx.selectFrom('job').select('state').where('id', '=', id).executeTakeFirst()
  if (job?.state !== 'queued') return false
  if (state === 'done')
    await trx.insertInto('job_file').values({ job_id: id, position: 0, file_hash: 'file' }).execute()
  await trx.updateTable('job').set({ state, ended_at: 1, charged }).where('id', '=', id).execute()
  return true
}

/** A queued job, or what `job` says; answers its id, or null when the person used this key before. */
export async function insertJob(
  trx: Trx,
  job: Pick<JobTable, 'person_id' | 'price'> & Partial<Insertable<JobTable>>,
): Promise<string | null> {
  const id = job.id ?? randomUUIDv7()
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('job')
    .values({
      id,
      idem: id,
      body_hash: '00',
      kind: 'image',
      provider: 'local',
      model: 'local-tone',
      prompt: Buffer.of(1),
      negative: Buffer.alloc(0),
      options: '{}',
      source_count: 1,
      width: 64,
      height: 64,
      state: 'queued',
      problem: null,
      problem_params: null,
      charged: null,
      request_id: null,
      refusals: 0,
      answer: null,
      not_before: null,
      verdict_until: null,
      created_at: at,
      started_at: null,
      ended_at: null,
      ...job,
    })
    .onConflict(conflict => conflict.columns(['person_id', 'idem']).doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 0n ? null : id
}

/** A pack of as many credits as smallest units of yen, at Stripe's hands or further on as `purchase` says. */
export async function insertPurchase(
  trx: Trx,
  purchase: Pick<PurchaseTable, 'person_id'> & Partial<PurchaseTable>,
): Promise<string> {
  const id = purchase.id ?? randomUUIDv7()
  const credits = purchase.credits ?? 500
  await trx
    .insertInto('purchase')
    .values({
      id,
      pack: 'small',
      currency: 'jpy',
      amount_minor: credits,
      credits,
      checkout_session: `cs_${id}`,
      payment_intent: `pi_${id}`,
      status: 'open',
      created_at: at,
      expires_at: at + 1,
      paid_at: purchase.status === 'paid' ? at : null,
      ...purchase,
    })
    .execute()
  return id
}
