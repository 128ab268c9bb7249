import type { Database } from '../db/database.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Vault } from '../privacy/vault.ts'
import { createExtensionTokens } from './extension-tokens.ts'
import { lifetimes } from './lifetimes.ts'
import { createPeople } from './people.ts'
import type { Claims } from './provider.ts'
import { createSignIns, type SignIn } from './sign-ins.ts'
import { type Age, createStanding, policyVersion as policyInForce } from './standing.ts'
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

export type Identity = ReturnType<typeof createIdentity>

/** Who somebody is: persons, what they agreed to, web sessions, and signed-in extensions. Each method is at most one write. */
export function createIdentity(deps: IdentityDeps) {
  const { database, secrets, policyVersion = () => policyInForce, now } = deps
  const people = createPeople({ ...deps, subjectSecret: secrets.subjects })
  const { agreedSince, recordConsent, ...standing } = createStanding({ database, version: policyVersion, now })
  const { startSession, sweepSessions, ...sessions } = createWebSessions({ database, now })
  const { announce, sweepTokens, ...tokens } = createExtensionTokens({
    database,
    secret: secrets.tokens,
    person: people.person,
    now,
  })
  const signIns = createSignIns({ now })

  /** Takes down the answers of somebody who is signed in; under 13, every sign-in ends. */
  async function agree(personId: string, age: Age): Promise<void> {
    const ended = await database.write(async trx => {
      await recordConsent(trx, personId, age)
      return age === 'under_13' ? signIns.endAll(trx, personId) : []
    })
    announce(ended)
  }

  return {
    ...standing,
    ...sessions,
    ...tokens,
    person: people.person,
    rename: people.rename,
    agree,

    /**
     * Takes in what the provider vouched for, and answers the cookie of a new web session; null, with nothing stored, when
     * the person has to be asked first. At most one write.
     */
    async signIn(claims: Claims, visit: Visit): Promise<string | null> {
      const known = await people.findBySubject(database.read, claims.subject)
      if (!known || (await agreedSince(database.read, known)) === null) return null
      return database.write(async trx => startSession(trx, await people.takeIn(trx, claims), visit))
    },

    /** Whether there is an account for these claims. */
    knows: async ({ subject }: Claims): Promise<boolean> =>
      (await people.findBySubject(database.read, subject)) !== null,

    /** Signs in after the questions: person, credits and consents at once. Null when they were answered long ago, or under 13. */
    async admit(claims: Claims, age: Age, visit: Visit): Promise<string | null> {
      if (age === 'under_13') {
        const known = await people.findBySubject(database.read, claims.subject)
        if (known) await agree(known, age)
        return null
      }
      return database.write(async trx => {
        // Looked up again: the other tab may have been first.
        const known = await people.findBySubject(trx, claims.subject)
        const since = known && (await agreedSince(trx, known))
        // What the provider vouched for is good for one sign-in; only the same form sent again is let through.
        if (since && now() - since > lifetimes.welcomeRepeat) return null
        const personId = await people.takeIn(trx, claims)
        if (!since) await recordConsent(trx, personId, age)
        return startSession(trx, personId, visit)
      })
    },

    signIns: (personId: string): Promise<SignIn[]> => signIns.list(database.read, personId),

    async endSignIn(personId: string, signIn: Pick<SignIn, 'kind' | 'id'>): Promise<void> {
      announce(await database.write(trx => signIns.end(trx, personId, signIn)))
    },

    async signOutEverywhere(personId: string): Promise<void> {
      announce(await database.write(trx => signIns.endAll(trx, personId)))
    },

    /** Forgets sessions, codes and tokens that have ended. */
    sweep: (): Promise<void> =>
      database.write(async trx => {
        await sweepSessions(trx)
        await sweepTokens(trx)
      }),
  }
}
