import { sql } from 'kysely'
import type { Reader } from '../db/database.ts'

/** Longer than any job can take, with everything that may still end it: calls, queues, and the webhook events of queues. */
export const longestHoldMs = 6 * 60 * 60 * 1000

/** Open jobs whose credits were held before `before`: whatever should have ended them did not. */
export async function staleHolds(db: Reader, before: number): Promise<string[]> {
  const rows = await db
    .selectFrom('job')
    .select('job.id')
    .where('job.ended_at', 'is', null)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('transfer as hold')
          .select('hold.id')
          .whereRef('hold.job_id', '=', 'job.id')
          // A literal, because the index of holds serves only statements that name the kind.
          .where('hold.kind', '=', sql.lit('hold'))
          .where('hold.at', '<', before),
      ),
    )
    .execute()
  return rows.map(({ id }) => id)
}
