import { createHmac, randomUUIDv7 } from 'node:crypto'
import type { Person } from '../contract/identity.ts'
import type { Reader, Trx } from '../db/database.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Vault } from '../privacy/vault.ts'
import type { Claims } from './provider.ts'

export interface PeopleDeps {
  ledger: Pick<Ledger, 'open' | 'grantFree'>
  vault: Vault
  subjectSecret: Uint8Array
  freeCredits: number
  now: () => number
}

export interface People {
  /** Who is known under this subject; a destroyed key makes them unknown. */
  find(db: Reader, subject: string): Promise<string | null>
  /** The person behind a subject. The first time: person, data key, accounts and free credits, all in the caller's write. */
  signIn(trx: Trx, claims: Claims): Promise<string>
  /** Sets the name the person wants to be called here; null: the provider's again. */
  rename(trx: Trx, id: string, name: string | null): Promise<void>
  read(db: Reader, id: string): Promise<Person | null>
}

export function createPeople({ ledger, vault, subjectSecret, freeCredits, now }: PeopleDeps): People {
  const sealed = (wrappedKey: Uint8Array, id: string, { email, name }: Claims) => {
    const box = vault.open(wrappedKey)
    return { email: box.seal(email, `person.email:${id}`), name: box.seal(name, `person.name:${id}`) }
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
    find: async (db, subject) => (await known(db, subjectHashOf(subject)))?.id ?? null,

    async signIn(trx, claims) {
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

    async rename(trx, id, name) {
      const row = await withKey(trx).where('person.id', '=', id).executeTakeFirst()
      if (!row) return
      const display_name = name === null ? null : vault.open(row.wrapped_key).seal(name, displayName(id))
      await trx.updateTable('person').set({ display_name }).where('id', '=', id).execute()
    },

    async read(db, id) {
      const row = await withKey(db)
        .select(['person.email', 'person.name', 'person.display_name'])
        .where('person.id', '=', id)
        .executeTakeFirst()
      if (!row) return null
      const box = vault.open(row.wrapped_key)
      const name = row.display_name
        ? box.unseal(row.display_name, displayName(id))
        : box.unseal(row.name, `person.name:${id}`)
      return {
        id,
        name: name.toString(),
        email: box.unseal(row.email, `person.email:${id}`).toString(),
      }
    },
  }
}

const displayName = (id: string) => `person.display_name:${id}`

const withKey = (db: Reader) =>
  db
    .selectFrom('person')
    .innerJoin('person_key', 'person_key.person_id', 'person.id')
    .select(['person.id', 'person_key.wrapped_key'])
