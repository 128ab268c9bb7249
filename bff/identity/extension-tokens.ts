import { randomUUIDv7 } from 'node:crypto'
import type { Person, Tokens } from '../contract/identity.ts'
import { ProblemError } from '../contract/problems.ts'
import type { Database, Reader, Trx } from '../db/database.ts'
import { challengeOf, equal, hashOf, keyed, newSecret } from '../http/secrets.ts'
import { lifetimes } from './lifetimes.ts'

/** One signed-in extension; all its tokens descend from one handoff. */
export interface Family {
  familyId: string
  personId: string
}

/** `reason` other than signed_out is a security event: a code or token was in two hands. */
export interface Revoked extends Family {
  reason: 'signed_out' | 'code_replayed' | 'refresh_reused'
}

interface Issued extends Family, Omit<Tokens, 'person'> {}

/** Tokens, or the family that ended instead of giving some. A refusal is no throw: what it revokes must be committed. */
type Granted = { tokens: Issued } | { revoked: Family | null }

interface Deps {
  database: Database
  /** Keys the successors of tokens, so that a lost answer can be given again without storing it. */
  secret: Uint8Array
  person(id: string): Promise<Person>
  now: () => number
}

/** Handing a web sign-in to the extension by a one-time code (PKCE S256), and opaque tokens with rotation from then on. */
export function createExtensionTokens({ database, secret, person, now }: Deps) {
  const listeners = new Set<(revoked: Revoked) => void>()

  /** Tells the listeners that these have ended. */
  function announce(ended: readonly Family[], reason: Revoked['reason'] = 'signed_out'): void {
    for (const family of ended) for (const listener of listeners) listener({ ...family, reason })
  }

  async function start(trx: Trx, personId: string, browser: string | null): Promise<Issued> {
    const id = randomUUIDv7()
    const expires_at = now() + lifetimes.tokenFamily.absolute
    const times = { created_at: now(), seen_at: now(), expires_at, revoked_at: null }
    await trx
      .insertInto('token_family')
      .values({ id, person_id: personId, browser, ...times })
      .execute()
    return issue(trx, { familyId: id, personId }, expires_at, [newSecret(), newSecret()])
  }

  async function issue(trx: Trx, family: Family, familyEnd: number, [access, refresh]: [string, string]) {
    const common = { family_id: family.familyId, used_at: null }
    const refreshEnd = Math.min(now() + lifetimes.tokenFamily.idle, familyEnd)
    await trx
      .insertInto('token')
      .values([
        { ...common, token_hash: hashOf(access), kind: 'access', expires_at: now() + lifetimes.accessToken },
        { ...common, token_hash: hashOf(refresh), kind: 'refresh', expires_at: refreshEnd },
      ])
      .execute()
    return { ...family, accessToken: access, refreshToken: refresh, expiresIn: lifetimes.accessToken / 1000 }
  }

  async function revoke(trx: Trx, familyId: string): Promise<Family | null> {
    const row = await trx
      .updateTable('token_family')
      .set({ revoked_at: now() })
      .where('id', '=', familyId)
      .where('revoked_at', 'is', null)
      .returning('person_id')
      .executeTakeFirst()
    return row ? { familyId, personId: row.person_id } : null
  }

  async function redeem(trx: Trx, code: string, verifier: string, browser: string | null): Promise<Granted> {
    const row = await trx
      .selectFrom('handoff_code')
      .innerJoin('person_key', 'person_key.person_id', 'handoff_code.person_id')
      .selectAll('handoff_code')
      .where('code_hash', '=', hashOf(code))
      .executeTakeFirst()
    if (!row) return { revoked: null }
    // The code was used before: somebody else may hold what it gave.
    if (row.family_id !== null) return { revoked: await revoke(trx, row.family_id) }
    // A wrong verifier does not use the code up: who merely saw the code must not be able to spoil it.
    if (row.expires_at <= now() || !equal(challengeOf(verifier), row.challenge)) return { revoked: null }
    const tokens = await start(trx, row.person_id, browser)
    await trx
      .updateTable('handoff_code')
      .set({ used_at: now(), family_id: tokens.familyId })
      .where('code_hash', '=', row.code_hash)
      .execute()
    return { tokens }
  }

  async function rotate(trx: Trx, token: string): Promise<Granted> {
    const row = await living(trx, token, 'refresh', now()).executeTakeFirst()
    if (!row) return { revoked: null }
    const family = { familyId: row.family_id, personId: row.person_id }
    const [accessToken, refreshToken] = [keyed(secret, 'access', token), keyed(secret, 'refresh', token)]
    if (row.used_at === null) {
      await trx.updateTable('token').set({ used_at: now() }).where('token_hash', '=', row.token_hash).execute()
      await trx.updateTable('token_family').set({ seen_at: now() }).where('id', '=', row.family_id).execute()
      return { tokens: await issue(trx, family, row.family_end, [accessToken, refreshToken]) }
    }
    // The absolute difference: a clock set back must neither revoke nor revive.
    const age = Math.abs(now() - row.used_at)
    // It came back long after it had been exchanged: it was copied, and nobody knows by whom.
    if (age > lifetimes.refreshGrace) return { revoked: await revoke(trx, row.family_id) }
    const expiresIn = Math.floor((lifetimes.accessToken - age) / 1000)
    return { tokens: { ...family, accessToken, refreshToken, expiresIn } }
  }

  async function answer(granted: Granted, reason: Revoked['reason'], refusal: 'code_invalid' | 'signed_out') {
    if ('revoked' in granted) {
      if (granted.revoked) announce([granted.revoked], reason)
      throw new ProblemError(refusal)
    }
    const { personId, accessToken, refreshToken, expiresIn } = granted.tokens
    return { accessToken, refreshToken, expiresIn, person: await person(personId) }
  }

  return {
    announce,

    /** A code for the extension that knows the verifier of `challenge`. */
    async issueCode(personId: string, challenge: string): Promise<string> {
      const code = newSecret()
      const unused = { expires_at: now() + lifetimes.handoffCode, used_at: null, family_id: null }
      const row = { code_hash: hashOf(code), person_id: personId, challenge, ...unused }
      await database.write(trx => trx.insertInto('handoff_code').values(row).execute())
      return code
    },

    exchangeCode: async (code: string, verifier: string, browser: string | null): Promise<Tokens> =>
      answer(await database.write(trx => redeem(trx, code, verifier, browser)), 'code_replayed', 'code_invalid'),

    /** Exchanges a refresh token for its one successor. */
    refresh: async (token: string): Promise<Tokens> =>
      answer(await database.write(trx => rotate(trx, token)), 'refresh_reused', 'signed_out'),

    async authenticateToken(accessToken: string): Promise<{ id: string; familyId: string } | null> {
      const row = await living(database.read, accessToken, 'access', now()).executeTakeFirst()
      return row ? { id: row.person_id, familyId: row.family_id } : null
    },

    /** Ends one signed-in extension. */
    async signOut(familyId: string): Promise<void> {
      const ended = await database.write(trx => revoke(trx, familyId))
      if (ended) announce([ended])
    },

    /** Called after a family has ended, so that its open event streams can end too. Answers how to stop listening. */
    onRevoked(listener: (revoked: Revoked) => void): () => void {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },

    /** Forgets what can neither be used nor replayed any more; codes first, whose rows name families. */
    async sweepTokens(trx: Trx): Promise<void> {
      await trx
        .deleteFrom('handoff_code')
        .where('expires_at', '<=', now() - lifetimes.usedCode)
        .execute()
      const before = now() - lifetimes.endedFamily
      const ended = trx
        .selectFrom('token_family')
        .select('id')
        .where(eb => eb.or([eb('expires_at', '<=', before), eb('revoked_at', '<=', before)]))
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
    .select(['token_hash', 'family_id', 'used_at', 'token_family.person_id', 'token_family.expires_at as family_end'])
    .where('token_hash', '=', hashOf(token))
    .where('kind', '=', kind)
    .where('token.expires_at', '>', at)
    .where('token_family.expires_at', '>', at)
    .where('token_family.revoked_at', 'is', null)
