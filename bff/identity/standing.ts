import type { Database, Reader, Trx } from '../db/database.ts'
import type { ConsentTable, PersonPauseTable } from '../db/schema.ts'

/** Day of the policy in force. A new one makes everybody be asked again. */
export const policyVersion = '2026-11-21'

/** What people may answer to the question about their age; a birth date is never asked for. */
export type Age = Extract<ConsentTable['answer'], 'adult' | 'with_parent' | 'under_13'>

export type PausedBy = PersonPauseTable['paused_by']

interface Deps {
  database: Database
  /** Day of the policy that people have to have agreed to by now. */
  version: () => string
  now: () => number
}

/**
 * What has to hold before anything is done for a person: old enough or a parent's consent, told where pictures go, and no
 * pause, at their own wish or because an operator had to.
 */
export function createStanding({ database, version, now }: Deps) {
  const newest = (db: Reader, personId: string, kind: ConsentTable['kind']) =>
    db
      .selectFrom('consent')
      .select(['answer', 'version', 'at'])
      .where('person_id', '=', personId)
      .where('kind', '=', kind)
      .orderBy('seq', 'desc')
      .executeTakeFirst()

  /** Since when the person has agreed to the policy in force; null when they have to be asked. */
  async function agreedSince(db: Reader, personId: string): Promise<number | null> {
    const [age, makers] = [await newest(db, personId, 'age'), await newest(db, personId, 'makers')]
    const isOldEnough = age?.version === version() && (age.answer === 'adult' || age.answer === 'with_parent')
    return isOldEnough && makers?.version === version() && makers.answer === 'yes' ? Math.max(age.at, makers.at) : null
  }

  /** Who paused the account; both may have. */
  async function pausedBy(personId: string): Promise<PausedBy[]> {
    const pauses = database.read.selectFrom('person_pause').select('paused_by').where('person_id', '=', personId)
    return (await pauses.execute()).map(({ paused_by }) => paused_by)
  }

  return {
    agreedSince,

    /** Notes what was answered: the age, and that pictures and words go to the makers of models. */
    async recordConsent(trx: Trx, personId: string, age: Age): Promise<void> {
      const row = { person_id: personId, version: version(), at: now() }
      const answers: Pick<ConsentTable, 'kind' | 'answer'>[] = [{ kind: 'age', answer: age }]
      if (age !== 'under_13') answers.push({ kind: 'makers', answer: 'yes' })
      await trx
        .insertInto('consent')
        .values(answers.map(answer => ({ ...row, ...answer })))
        .execute()
    },

    /** Whether the person has agreed to the policy in force. */
    hasAgreed: async (personId: string): Promise<boolean> => (await agreedSince(database.read, personId)) !== null,

    /** Why a person with a good token may not do anything now; null when they may. */
    async refusal(personId: string): Promise<'account_paused' | 'consent_needed' | null> {
      if ((await pausedBy(personId)).length > 0) return 'account_paused'
      return (await agreedSince(database.read, personId)) === null ? 'consent_needed' : null
    },

    pausedBy,

    async pause(personId: string, by: PausedBy): Promise<void> {
      const row = { person_id: personId, paused_by: by, at: now() }
      await database.write(trx =>
        trx
          .insertInto('person_pause')
          .values(row)
          .onConflict(conflict => conflict.doNothing())
          .execute(),
      )
    },

    /** Ends the pause of one side; the other's stays. */
    async resume(personId: string, by: PausedBy): Promise<void> {
      await database.write(trx =>
        trx.deleteFrom('person_pause').where('person_id', '=', personId).where('paused_by', '=', by).execute(),
      )
    },
  }
}
