import { randomUUIDv7 } from 'node:crypto'
import type { Reader, Trx } from '../db/database.ts'
import { hashOf, keyed, newSecret } from '../http/secrets.ts'
import { lifetimes } from './lifetimes.ts'

/** One signed-in extension. */
export interface Family {
  familyId: string
  personId: string
}

export interface IssuedTokens extends Family {
  accessToken: string
  refreshToken: string
  /** Seconds. */
  expiresIn: number
}

type Refresh =
  | { outcome: 'refreshed'; tokens: IssuedTokens }
  /** A token came back long after it had been exchanged: it was copied, and nobody knows by whom. */
  | { outcome: 'reused'; family: Family }
  | { outcome: 'refused' }

export interface TokenFamilies {
  start(trx: Trx, personId: string, browser: string | null): Promise<IssuedTokens>
  /** Exchanges a refresh token for its one successor. */
  refresh(trx: Trx, token: string): Promise<Refresh>
  authenticate(db: Reader, accessToken: string): Promise<Family | null>
  /** Ends a family; null when it had ended before. */
  revoke(trx: Trx, familyId: string): Promise<Family | null>
  /** Forgets what can neither be used nor replayed any more; after HandoffCodes.sweep, whose rows name families. */
  sweep(trx: Trx): Promise<void>
}

/** Opaque tokens with rotation. `secret` keys the successors, so that a lost answer can be given again without storing it. */
export function createTokenFamilies({ secret, now }: { secret: Uint8Array; now: () => number }): TokenFamilies {
  const issue = async (trx: Trx, family: Family & { end: number }, accessToken: string, refreshToken: string) => {
    const { familyId, personId } = family
    const common = { family_id: familyId, used_at: null }
    const refreshEnd = Math.min(now() + lifetimes.tokenFamily.idle, family.end)
    await trx
      .insertInto('token')
      .values([
        { ...common, token_hash: hashOf(accessToken), kind: 'access', expires_at: now() + lifetimes.accessToken },
        { ...common, token_hash: hashOf(refreshToken), kind: 'refresh', expires_at: refreshEnd },
      ])
      .execute()
    return { familyId, personId, accessToken, refreshToken, expiresIn: lifetimes.accessToken / 1000 }
  }

  return {
    async start(trx, personId, browser) {
      const familyId = randomUUIDv7()
      const end = now() + lifetimes.tokenFamily.absolute
      await trx
        .insertInto('token_family')
        .values({
          id: familyId,
          person_id: personId,
          created_at: now(),
          seen_at: now(),
          expires_at: end,
          revoked_at: null,
          browser,
        })
        .execute()
      return issue(trx, { familyId, personId, end }, newSecret(), newSecret())
    },

    async refresh(trx, token) {
      const row = await living(trx, token, 'refresh', now()).executeTakeFirst()
      if (!row) return { outcome: 'refused' }
      const family = { familyId: row.family_id, personId: row.person_id }
      const accessToken = keyed(secret, 'access', token)
      const refreshToken = keyed(secret, 'refresh', token)
      if (row.used_at === null) {
        await trx.updateTable('token').set({ used_at: now() }).where('token_hash', '=', row.token_hash).execute()
        await trx.updateTable('token_family').set({ seen_at: now() }).where('id', '=', row.family_id).execute()
        const tokens = await issue(trx, { ...family, end: row.family_end }, accessToken, refreshToken)
        return { outcome: 'refreshed', tokens }
      }
      // The absolute difference: a clock set back must neither revoke nor revive.
      const age = Math.abs(now() - row.used_at)
      if (age > lifetimes.refreshGrace) return { outcome: 'reused', family }
      const expiresIn = Math.floor((lifetimes.accessToken - age) / 1000)
      return { outcome: 'refreshed', tokens: { ...family, accessToken, refreshToken, expiresIn } }
    },

    async authenticate(db, accessToken) {
      const row = await living(db, accessToken, 'access', now()).executeTakeFirst()
      return row ? { familyId: row.family_id, personId: row.person_id } : null
    },

    async revoke(trx, familyId) {
      const row = await trx
        .updateTable('token_family')
        .set({ revoked_at: now() })
        .where('id', '=', familyId)
        .where('revoked_at', 'is', null)
        .returning('person_id')
        .executeTakeFirst()
      return row ? { familyId, personId: row.person_id } : null
    },

    async sweep(trx) {
      const ended = trx
        .selectFrom('token_family')
        .select('id')
        .where(eb => {
          const before = now() - lifetimes.endedFamily
          return eb.or([eb('expires_at', '<=', before), eb('revoked_at', '<=', before)])
        })
      await trx
        .deleteFrom('token')
        .where(eb => eb.or([eb('expires_at', '<=', now()), eb('family_id', 'in', ended)]))
        .execute()
      await trx.deleteFrom('token_family').where('id', 'in', ended).execute()
    },
  }
}

/** A token that has not expired, of a family that has not ended, of a person whose key has not been destroyed. */
const living = (db: Reader, token: string, kind: 'access' | 'refresh', at: number) =>
  db
    .selectFrom('token')
    .innerJoin('token_family', 'token_family.id', 'token.family_id')
    .innerJoin('person_key', 'person_key.person_id', 'token_family.person_id')
    .select([
      'token.token_hash',
      'token.family_id',
      'token.used_at',
      'token_family.person_id',
      'token_family.expires_at as family_end',
    ])
    .where('token.token_hash', '=', hashOf(token))
    .where('token.kind', '=', kind)
    .where('token.expires_at', '>', at)
    .where('token_family.expires_at', '>', at)
    .where('token_family.revoked_at', 'is', null)
