import { createHmac, randomUUIDv7 } from 'node:crypto'
import type { Person } from '../contract/identity.ts'
import { ProblemError } from '../contract/problems.ts'
import type { Database, Reader, Trx } from '../db/database.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Vault } from '../privacy/vault.ts'
import type { Claims } from './provider.ts'

interface Deps {
  database: Database
  ledger: Pick<Ledger, 'open' | 'grantFree'>
  vault: Vault
  subjectSecret: Uint8Array
  freeCredits: number
  now: () => number
}

/** Persons: known by the hash of a subject, their name and address sealed. A destroyed key makes them unknown. */
export function createPeople({ database, ledger, vault, subjectSecret, freeCredits, now }: Deps) {
  const sealed = (wrappedKey: Uint8Array, id: string, { email, name }: Claims) => {
    const own = vault.open(wrappedKey)
    return { email: own.seal(email, `person.email:${id}`), name: own.seal(name, `person.name:${id}`) }
  }

  const subjectHashOf = (subject: string) => createHmac('sha256', subjectSecret).update(subject).digest('hex')
  const known = (db: Reader, subjectHash: string) =>
    withKey(db).where('person.subject_hash', '=', subjectHash).executeTakeFirst()

  const create = async (trx: Trx, subjectHash: string, claims: Claims) => {
    const id = randomUUIDv7()
    const { wrapped } = vault.createKey()
    await trx
      .insertInto('person')
      .values({ id, subject_hash: subjectHash, ...sealed(wrapped, id, claims), created_at: now() })
      .execute()
    await trx.insertInto('person_key').values({ person_id: id, wrapped_key: wrapped }).execute()
    await ledger.open(trx, id)
    await ledger.grantFree(trx, { personId: id, subjectHash, credits: freeCredits })
    return id
  }

  return {
    /** Who is known under this subject. */
    findBySubject: async (db: Reader, subject: string): Promise<string | null> =>
      (await known(db, subjectHashOf(subject)))?.id ?? null,

    /** The person behind a subject. The first time: person, data key, accounts and free credits, all in the caller's write. */
    async takeIn(trx: Trx, claims: Claims): Promise<string> {
      const subjectHash = subjectHashOf(claims.subject)
      const row = await known(trx, subjectHash)
      if (!row) return create(trx, subjectHash, claims)
      // The provider is the source of both: an address changed there is changed here.
      await trx
        .updateTable('person')
        .set(sealed(row.wrapped_key, row.id, claims))
        .where('id', '=', row.id)
        .execute()
      return row.id
    },

    /** Sets the name the person wants to be called here; null: the provider's again. */
    async rename(id: string, name: string | null): Promise<void> {
      await database.write(async trx => {
        const row = await withKey(trx).where('person.id', '=', id).executeTakeFirst()
        if (!row) return
        const display_name = name === null ? null : vault.open(row.wrapped_key).seal(name, displayName(id))
        await trx.updateTable('person').set({ display_name }).where('id', '=', id).execute()
      })
    },

    /** Throws signed_out for whoever is not there any more. */
    async person(id: string): Promise<Person> {
      const row = await withKey(database.read)
        .select(['person.email', 'person.name', 'person.display_name'])
        .where('person.id', '=', id)
        .executeTakeFirst()
      if (!row) throw new ProblemError('signed_out')
      const own = vault.open(row.wrapped_key)
      const name = row.display_name
        ? own.unseal(row.display_name, displayName(id))
        : own.unseal(row.name, `person.name:${id}`)
      return { id, name: name.toString(), email: own.unseal(row.email, `person.email:${id}`).toString() }
    },
  }
}

const displayName = (id: string) => `person.display_name:${id}`

const withKey = (db: Reader) =>
  db
    .selectFrom('person')
    .innerJoin('person_key', 'person_key.person_id', 'person.id')
    .select(['person.id', 'person_key.wrapped_key'])
