import type { Person, Tokens } from '../contract/identity.ts'
import { ProblemError } from '../contract/problems.ts'
import type { Database } from '../db/database.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Vault } from '../privacy/vault.ts'
import { type Age, createConsents, policyVersion as policyInForce } from './consents.ts'
import { createHandoffCodes } from './handoff-codes.ts'
import { lifetimes } from './lifetimes.ts'
import { createPauses, type PausedBy } from './pauses.ts'
import { createPeople } from './people.ts'
import type { Claims } from './provider.ts'
import { createSignIns, type SignIn } from './sign-ins.ts'
import { createTokenFamilies, type Family, type IssuedTokens } from './token-families.ts'
import { createWebSessions, type Visit } from './web-sessions.ts'

export interface IdentityDeps {
  database: Database
  ledger: Pick<Ledger, 'open' | 'grantFree'>
  vault: Vault
  /** Secrets of 32 bytes, each for one use. */
  secrets: { subjects: Uint8Array; tokens: Uint8Array }
  freeCredits: number
  /** Day of the policy that people have to have agreed to by now. */
  policyVersion?: () => string
  now: () => number
}

/** `reason` other than signed_out is a security event: a code or token was in two hands. */
export interface Revoked extends Family {
  reason: 'signed_out' | 'code_replayed' | 'refresh_reused'
}

/** Who somebody is: persons, what they agreed to, web sessions, and the tokens of signed-in extensions. */
export interface Identity {
  /**
   * Takes in what the provider vouched for, and answers the cookie of a new web session; null, with nothing stored, when
   * the person has to be asked first. At most one write.
   */
  signIn(claims: Claims, visit: Visit): Promise<string | null>
  /** Whether there is an account for these claims. */
  knows(claims: Claims): Promise<boolean>
  /** Signs in after the questions: person, credits and consents at once. Null when they were answered long ago, or under 13. */
  admit(claims: Claims, age: Age, visit: Visit): Promise<string | null>
  /** Whether the person has agreed to the policy in force. */
  hasAgreed(personId: string): Promise<boolean>
  /** Takes down the answers of somebody who is signed in; under 13, every sign-in ends. */
  agree(personId: string, age: Age): Promise<void>
  authenticateSession(cookie: string | undefined): Promise<{ id: string; sessionId: string } | null>
  endSession(sessionId: string): Promise<void>

  /** A code for the extension that knows the verifier of `challenge`. */
  issueCode(personId: string, challenge: string): Promise<string>
  exchangeCode(code: string, verifier: string, browser: string | null): Promise<Tokens>
  refresh(refreshToken: string): Promise<Tokens>
  authenticateToken(accessToken: string): Promise<{ id: string; familyId: string } | null>
  /** Why a person with a good token may not do anything now; null when they may. */
  refusal(personId: string): Promise<'account_paused' | 'consent_needed' | null>
  /** Ends one signed-in extension. */
  signOut(familyId: string): Promise<void>
  /** Called after a family has ended, so that its open event streams can end too. Answers how to stop listening. */
  onRevoked(listener: (revoked: Revoked) => void): () => void

  person(id: string): Promise<Person | null>
  /** Sets the name the person wants to be called; null: the provider's again. */
  rename(id: string, name: string | null): Promise<void>
  signIns(personId: string): Promise<SignIn[]>
  endSignIn(personId: string, signIn: Pick<SignIn, 'kind' | 'id'>): Promise<void>
  signOutEverywhere(personId: string): Promise<void>
  pausedBy(personId: string): Promise<PausedBy[]>
  pause(personId: string, by: PausedBy): Promise<void>
  resume(personId: string, by: PausedBy): Promise<void>
  /** Forgets sessions, codes and tokens that have ended. */
  sweep(): Promise<void>
}

/** Tokens, or the family that ended instead of giving some. */
type Granted = { tokens: IssuedTokens } | { revoked: Family | null }

/** Wires persons, sessions, codes and tokens to the database: each method is at most one write. */
export function createIdentity({
  database,
  ledger,
  vault,
  secrets,
  freeCredits,
  policyVersion = () => policyInForce,
  now,
}: IdentityDeps): Identity {
  const people = createPeople({ ledger, vault, subjectSecret: secrets.subjects, freeCredits, now })
  const sessions = createWebSessions({ now })
  const codes = createHandoffCodes({ now })
  const families = createTokenFamilies({ secret: secrets.tokens, now })
  const consents = createConsents({ version: policyVersion, now })
  const signIns = createSignIns({ now })
  const pauses = createPauses({ now })
  const listeners = new Set<(revoked: Revoked) => void>()

  const announce = (family: Family | null, reason: Revoked['reason']) => {
    if (family) for (const listener of listeners) listener({ ...family, reason })
  }
  const announceAll = (ended: readonly Family[]) => {
    for (const family of ended) announce(family, 'signed_out')
  }

  const answer = async ({ personId, accessToken, refreshToken, expiresIn }: IssuedTokens): Promise<Tokens> => {
    const person = await people.read(database.read, personId)
    if (!person) throw new ProblemError('signed_out')
    return { accessToken, refreshToken, expiresIn, person }
  }

  const agree = async (personId: string, age: Age) => {
    const ended = await database.write(async trx => {
      await consents.record(trx, personId, age)
      return age === 'under_13' ? signIns.endAll(trx, personId) : []
    })
    announceAll(ended)
  }

  return {
    async signIn(claims, visit) {
      const known = await people.find(database.read, claims.subject)
      if (!known || (await consents.agreedSince(database.read, known)) === null) return null
      return database.write(async trx => sessions.start(trx, await people.signIn(trx, claims), visit))
    },

    knows: async ({ subject }) => (await people.find(database.read, subject)) !== null,

    async admit(claims, age, visit) {
      if (age === 'under_13') {
        const known = await people.find(database.read, claims.subject)
        if (known) await agree(known, age)
        return null
      }
      return database.write(async trx => {
        // Looked up again: the other tab may have been first.
        const known = await people.find(trx, claims.subject)
        const agreedSince = known && (await consents.agreedSince(trx, known))
        // What the provider vouched for is good for one sign-in; only the same form sent again is let through.
        if (agreedSince && now() - agreedSince > lifetimes.welcomeRepeat) return null
        const personId = await people.signIn(trx, claims)
        if (!agreedSince) await consents.record(trx, personId, age)
        return sessions.start(trx, personId, visit)
      })
    },

    hasAgreed: async personId => (await consents.agreedSince(database.read, personId)) !== null,
    agree,

    async authenticateSession(cookie) {
      const session = cookie ? await sessions.find(database.read, cookie) : null
      if (!session) return null
      if (session.stale) await database.write(trx => sessions.touch(trx, session.id))
      return { id: session.personId, sessionId: session.id }
    },

    endSession: sessionId => database.write(trx => sessions.end(trx, sessionId)),

    issueCode: (personId, challenge) => database.write(trx => codes.issue(trx, { personId, challenge })),

    async exchangeCode(code, verifier, browser) {
      // Refusals are results, not throws, inside a write: what they revoke must be committed.
      const result = await database.write<Granted>(async trx => {
        const redemption = await codes.redeem(trx, code, verifier)
        if (redemption.outcome === 'replayed') return { revoked: await families.revoke(trx, redemption.familyId) }
        if (redemption.outcome === 'refused') return { revoked: null }
        const tokens = await families.start(trx, redemption.personId, browser)
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

    async refusal(personId) {
      if ((await pauses.of(database.read, personId)).length > 0) return 'account_paused'
      return (await consents.agreedSince(database.read, personId)) === null ? 'consent_needed' : null
    },

    async signOut(familyId) {
      announce(await database.write(trx => families.revoke(trx, familyId)), 'signed_out')
    },

    onRevoked(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },

    person: id => people.read(database.read, id),
    rename: (id, name) => database.write(trx => people.rename(trx, id, name)),
    signIns: personId => signIns.list(database.read, personId),

    async endSignIn(personId, signIn) {
      announceAll(await database.write(trx => signIns.end(trx, personId, signIn)))
    },

    async signOutEverywhere(personId) {
      announceAll(await database.write(trx => signIns.endAll(trx, personId)))
    },

    pausedBy: personId => pauses.of(database.read, personId),
    pause: (personId, by) => database.write(trx => pauses.set(trx, personId, by)),
    resume: (personId, by) => database.write(trx => pauses.end(trx, personId, by)),

    sweep: () =>
      database.write(async trx => {
        await sessions.sweep(trx)
        await codes.sweep(trx)
        await families.sweep(trx)
      }),
  }
}
