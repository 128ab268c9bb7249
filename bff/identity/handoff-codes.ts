import type { Trx } from '../db/database.ts'
import { challengeOf, equal, hashOf, newSecret } from '../http/secrets.ts'
import { lifetimes } from './lifetimes.ts'

type Redemption =
  | { outcome: 'redeemed'; personId: string }
  /** The code was used before: somebody else may hold what it gave. */
  | { outcome: 'replayed'; familyId: string }
  | { outcome: 'refused' }

/** One-time codes that hand a web sign-in to the extension that asked for it (PKCE S256). */
export interface HandoffCodes {
  issue(trx: Trx, grant: { personId: string; challenge: string }): Promise<string>
  redeem(trx: Trx, code: string, verifier: string): Promise<Redemption>
  /** Marks the code as used and remembers what it gave; part of the same write as `redeem`. */
  spend(trx: Trx, code: string, familyId: string): Promise<void>
  /** Forgets codes so old that a replay no longer means anything. */
  sweep(trx: Trx): Promise<void>
}

export function createHandoffCodes({ now }: { now: () => number }): HandoffCodes {
  return {
    async issue(trx, { personId, challenge }) {
      const code = newSecret()
      await trx
        .insertInto('handoff_code')
        .values({
          code_hash: hashOf(code),
          person_id: personId,
          challenge,
          expires_at: now() + lifetimes.handoffCode,
          used_at: null,
          family_id: null,
        })
        .execute()
      return code
    },

    async redeem(trx, code, verifier) {
      const row = await trx
        .selectFrom('handoff_code')
        .innerJoin('person_key', 'person_key.person_id', 'handoff_code.person_id')
        .selectAll('handoff_code')
        .where('code_hash', '=', hashOf(code))
        .executeTakeFirst()
      if (!row) return { outcome: 'refused' }
      if (row.family_id !== null) return { outcome: 'replayed', familyId: row.family_id }
      // A wrong verifier does not use the code up: who merely saw the code must not be able to spoil it.
      if (row.expires_at <= now() || !equal(challengeOf(verifier), row.challenge)) return { outcome: 'refused' }
      return { outcome: 'redeemed', personId: row.person_id }
    },

    async spend(trx, code, familyId) {
      await trx
        .updateTable('handoff_code')
        .set({ used_at: now(), family_id: familyId })
        .where('code_hash', '=', hashOf(code))
        .execute()
    },

    async sweep(trx) {
      await trx
        .deleteFrom('handoff_code')
        .where('expires_at', '<=', now() - lifetimes.usedCode)
        .execute()
    },
  }
}
