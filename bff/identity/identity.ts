import type { Person, Tokens } from '../contract/identity.ts'
import { ProblemError } from '../contract/problems.ts'
import type { Ledger } from '../credits/ledger.ts'
import type { Database } from '../db/database.ts'
import type { Vault } from '../privacy/vault.ts'
import { createHandoffCodes } from './handoff-codes.ts'
import { createPeople } from './people.ts'
import type { Claims } from './provider.ts'
import { createTokenFamilies, type Family, type IssuedTokens } from './token-families.ts'
import { createWebSessions } from './web-sessions.ts'

export interface IdentityDeps {
  database: Database
  ledger: Pick<Ledger, 'open' | 'grantFree'>
  vault: Vault
  /** Secrets of 32 bytes, each for one use. */
  secrets: { subjects: Uint8Array; tokens: Uint8Array }
  freeCredits: number
  now: () => number
}

/** `reason` other than signed_out is a security event: a code or token was in two hands. */
export interface Revoked extends Family {
  reason: 'signed_out' | 'code_replayed' | 'refresh_reused'
}

/** Who somebody is: persons, web sessions, and the tokens of signed-in extensions. */
export interface Identity {
  /** Takes in what the provider vouched for, and answers the cookie of a new web session. One write. */
  signIn(claims: Claims, replacedCookie: string | undefined): Promise<string>
  authenticateSession(cookie: string | undefined): Promise<{ id: string; sessionId: string } | null>
  endSession(sessionId: string): Promise<void>

  /** A code for the extension that knows the verifier of `challenge`. */
  issueCode(personId: string, challenge: string): Promise<string>
  exchangeCode(code: string, verifier: string): Promise<Tokens>
  refresh(refreshToken: string): Promise<Tokens>
  authenticateToken(accessToken: string): Promise<{ id: string; familyId: string } | null>
  /** Ends one signed-in extension. */
  signOut(familyId: string): Promise<void>
  /** Called after a family has ended, so that its open event streams can end too. Answers how to stop listening. */
  onRevoked(listener: (revoked: Revoked) => void): () => void

  person(id: string): Promise<Person | null>
  /** Forgets sessions, codes and tokens that have ended. */
  sweep(): Promise<void>
}

/** Tokens, or the family that ended instead of giving some. */
type Granted = { tokens: IssuedTokens } | { revoked: Family | null }

/** Wires persons, sessions, codes and tokens to the database: each method is at most one write. */
export function createIdentity({ database, ledger, vault, secrets, freeCredits, now }: IdentityDeps): Identity {
  const people = createPeople({ ledger, vault, subjectSecret: secrets.subjects, freeCredits, now })
  const sessions = createWebSessions({ now })
  const codes = createHandoffCodes({ now })
  const families = createTokenFamilies({ secret: secrets.tokens, now })
  const listeners = new Set<(revoked: Revoked) => void>()

  const announce = (family: Family | null, reason: Revoked['reason']) => {
    if (family) for (const listener of listeners) listener({ ...family, reason })
  }

  const answer = async ({ personId, accessToken, refreshToken, expiresIn }: IssuedTokens): Promise<Tokens> => {
    const person = await people.read(database.read, personId)
    if (!person) throw new ProblemError('signed_out')
    return { accessToken, refreshToken, expiresIn, person }
  }

  return {
    signIn: (claims, replacedCookie) =>
      database.write(async trx => sessions.start(trx, await people.signIn(trx, claims), replacedCookie)),

    async authenticateSession(cookie) {
      const session = cookie ? await sessions.find(database.read, cookie) : null
      if (!session) return null
      if (session.stale) await database.write(trx => sessions.touch(trx, session.id))
      return { id: session.personId, sessionId: session.id }
    },

    endSession: sessionId => database.write(trx => sessions.end(trx, sessionId)),

    issueCode: (personId, challenge) => database.write(trx => codes.issue(trx, { personId, challenge })),

    async exchangeCode(code, verifier) {
      // Refusals are results, not throws, inside a write: what they revoke must be committed.
      const result = await database.write<Granted>(async trx => {
        const redemption = await codes.redeem(trx, code, verifier)
        if (redemption.outcome === 'replayed') return { revoked: await families.revoke(trx, redemption.familyId) }
        if (redemption.outcome === 'refused') return { revoked: null }
        const tokens = await families.start(trx, redemption.personId)
        await codes.spend(trx, code, tokens.familyId)
        return { tokens }
      })
      if ('tokens' in result) return answer(result.tokens)
      announce(result.revoked, 'code_replayed')
      throw new ProblemError('code_invalid')
    },

    async refresh(refreshToken) {
      const result = await database.write<Granted>(async trx => {
        const refresh = await families.refresh(trx, refreshToken)
        if (refresh.outcome === 'refreshed') return { tokens: refresh.tokens }
        if (refresh.outcome === 'refused') return { revoked: null }
        return { revoked: await families.revoke(trx, refresh.family.familyId) }
      })
      if ('tokens' in result) return answer(result.tokens)
      announce(result.revoked, 'refresh_reused')
      throw new ProblemError('signed_out')
    },

    async authenticateToken(accessToken) {
      const family = await families.authenticate(database.read, accessToken)
      return family && { id: family.personId, familyId: family.familyId }
    },

    async signOut(familyId) {
      announce(await database.write(trx => families.revoke(trx, familyId)), 'signed_out')
    },

    onRevoked(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },

    person: id => people.read(database.read, id),

    sweep: () =>
      database.write(async trx => {
        await sessions.sweep(trx)
        await codes.sweep(trx)
        await families.sweep(trx)
      }),
  }
}
