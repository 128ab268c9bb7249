import type { Reader, Trx } from '../db/database.ts'
import type { ConsentTable } from '../db/schema.ts'

/** Day of the policy in force. A new one makes everybody be asked again. */
export const policyVersion = '2026-11-21'

/** What people may answer to the question about their age; a birth date is never asked for. */
export type Age = Extract<ConsentTable['answer'], 'adult' | 'with_parent' | 'under_13'>

export interface Consents {
  /** Since when the person has agreed to the policy in force; null when they have to be asked. */
  agreedSince(db: Reader, personId: string): Promise<number | null>
  /** Notes what was answered: the age, and that pictures and words go to the makers of models. */
  record(trx: Trx, personId: string, age: Age): Promise<void>
}

/** What has to hold before anything is done for a person: old enough or a parent's consent, and told where pictures go. */
export function createConsents({ version, now }: { version: () => string; now: () => number }): Consents {
  const newest = (db: Reader, personId: string, kind: ConsentTable['kind']) =>
    db
      .selectFrom('consent')
      .select(['answer', 'version', 'at'])
      .where('person_id', '=', personId)
      .where('kind', '=', kind)
      .orderBy('seq', 'desc')
      .executeTakeFirst()

  return {
    async agreedSince(db, personId) {
      const [age, makers] = [await newest(db, personId, 'age'), await newest(db, personId, 'makers')]
      const isOldEnough = age?.version === version() && (age.answer === 'adult' || age.answer === 'with_parent')
      return isOldEnough && makers?.version === version() && makers.answer === 'yes'
        ? Math.max(age.at, makers.at)
        : null
    },

    async record(trx, personId, age) {
      const row = { person_id: personId, version: version(), at: now() }
      const answers: Pick<ConsentTable, 'kind' | 'answer'>[] = [{ kind: 'age', answer: age }]
      if (age !== 'under_13') answers.push({ kind: 'makers', answer: 'yes' })
      for (const answer of answers)
        await trx
          .insertInto('consent')
          .values({ ...row, ...answer })
          .execute()
    },
  }
}
