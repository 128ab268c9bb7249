import { randomUUIDv7 } from 'node:crypto'
import type { Insertable } from 'kysely'
import type { Trx } from '../db/database.ts'
import type { JobTable } from '../db/schema.ts'

const at = Date.UTC(2026, 0, 1)

/** A person without credits accounts; `Ledger.open` makes those. */
export async function insertPerson(trx: Trx, id: string = randomUUIDv7()): Promise<string> {
  await trx
    .insertInto('person')
    .values({ id, subject_hash: `subject of ${id}`, email: Buffer.of(1), name: Buffer.of(1), created_at: at })
    .execute()
  return id
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
      provider: 'local',
      model: 'local-tone',
      prompt: Buffer.of(1),
      options: '{}',
      source_count: 1,
      width: 64,
      height: 64,
      state: 'queued',
      problem: null,
      request_id: null,
      file_hash: null,
      owner: null,
      lease: null,
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
