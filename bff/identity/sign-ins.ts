import type { Reader, Trx } from '../db/database.ts'
import type { Family } from './extension-tokens.ts'
import { lifetimes } from './lifetimes.ts'

/** A place where somebody is signed in: a panel, or the web pages of a browser. */
export interface SignIn {
  kind: 'extension' | 'web'
  /** Names it; signs nobody in. */
  id: string
  /** Family and major version. */
  browser: string | null
  since: number
  /** About when it was last used. */
  seen: number
}

/** All places of a person, to be seen and ended by that person. What ends answers the extensions that were signed in there. */
export function createSignIns({ now }: { now: () => number }) {
  const revoke = async (trx: Trx, personId: string, familyId?: string): Promise<Family[]> => {
    let families = trx
      .updateTable('token_family')
      .set({ revoked_at: now() })
      .where('person_id', '=', personId)
      .where('revoked_at', 'is', null)
    if (familyId !== undefined) families = families.where('id', '=', familyId)
    const rows = await families.returning('id').execute()
    return rows.map(({ id }) => ({ familyId: id, personId }))
  }

  return {
    async list(db: Reader, personId: string): Promise<SignIn[]> {
      const extensions = await db
        .selectFrom('token_family')
        .select(['id', 'browser', 'created_at as since', 'seen_at as seen'])
        .where('person_id', '=', personId)
        .where('revoked_at', 'is', null)
        .where('expires_at', '>', now())
        .where('seen_at', '>', now() - lifetimes.tokenFamily.idle)
        .execute()
      const pages = await db
        .selectFrom('web_session')
        .select(['id_hash as id', 'browser', 'created_at as since', 'seen_at as seen'])
        .where('person_id', '=', personId)
        .where('expires_at', '>', now())
        .where('seen_at', '>', now() - lifetimes.webSession.idle)
        .execute()
      const all: SignIn[] = [
        ...extensions.map(row => ({ kind: 'extension' as const, ...row })),
        ...pages.map(row => ({ kind: 'web' as const, ...row })),
      ]
      return all.sort((a, b) => b.seen - a.seen)
    },

    async end(trx: Trx, personId: string, { kind, id }: Pick<SignIn, 'kind' | 'id'>): Promise<Family[]> {
      if (kind === 'extension') return revoke(trx, personId, id)
      await trx.deleteFrom('web_session').where('person_id', '=', personId).where('id_hash', '=', id).execute()
      return []
    },

    async endAll(trx: Trx, personId: string): Promise<Family[]> {
      await trx.deleteFrom('web_session').where('person_id', '=', personId).execute()
      return revoke(trx, personId)
    },
  }
}
