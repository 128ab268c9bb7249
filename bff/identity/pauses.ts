import type { Reader, Trx } from '../db/database.ts'
import type { PersonPauseTable } from '../db/schema.ts'

export type PausedBy = PersonPauseTable['paused_by']

/** Accounts that can be looked at and left, and nothing else: at the person's own wish, or because an operator had to. */
export interface Pauses {
  /** Who paused the account; both may have. */
  of(db: Reader, personId: string): Promise<PausedBy[]>
  set(trx: Trx, personId: string, by: PausedBy): Promise<void>
  /** Ends the pause of one side; the other's stays. */
  end(trx: Trx, personId: string, by: PausedBy): Promise<void>
}

export function createPauses({ now }: { now: () => number }): Pauses {
  return {
    async of(db, personId) {
      const rows = await db.selectFrom('person_pause').select('paused_by').where('person_id', '=', personId).execute()
      return rows.map(({ paused_by }) => paused_by)
    },

    async set(trx, personId, by) {
      await trx
        .insertInto('person_pause')
        .values({ person_id: personId, paused_by: by, at: now() })
        .onConflict(conflict => conflict.doNothing())
        .execute()
    },

    async end(trx, personId, by) {
      await trx.deleteFrom('person_pause').where('person_id', '=', personId).where('paused_by', '=', by).execute()
    },
  }
}
