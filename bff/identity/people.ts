import { createHmac, randomUUIDv7 } from 'node:crypto'
import type { Person } from '../contract/identity.ts'
import type { Ledger } from '../credits/ledger.ts'
import type { Reader, Trx } from '../db/database.ts'
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
  /** The person behind a subject. The first time: person, data key, accounts and free credits, all in the caller's write. */
  signIn(trx: Trx, claims: Claims): Promise<string>
  read(db: Reader, id: string): Promise<Person | null>
}

export function createPeople({ ledger, vault, subjectSecret, freeCredits, now }: PeopleDeps): People {
  const sealed = (wrappedKey: Uint8Array, id: string, { email, name }: Claims) => {
    const box = vault.open(wrappedKey)
    return { email: box.seal(email, `person.email:${id}`), name: box.seal(name, `person.name:${id}`) }
  }

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
    async signIn(trx, claims) {
      const subjectHash = createHmac('sha256', subjectSecret).update(claims.subject).digest('hex')
      const known = await withKey(trx).where('person.subject_hash', '=', subjectHash).executeTakeFirst()
      if (!known) return create(trx, subjectHash, claims)
      // The provider is the source of both: an address changed there is changed here.
      await trx
        .updateTable('person')
        .set(sealed(known.wrapped_key, known.id, claims))
        .where('id', '=', known.id)
        .execute()
      return known.id
    },

    async read(db, id) {
      const row = await withKey(db)
        .select(['person.email', 'person.name'])
        .where('person.id', '=', id)
        .executeTakeFirst()
      if (!row) return null
      const box = vault.open(row.wrapped_key)
      return {
        id,
        name: box.unseal(row.name, `person.name:${id}`).toString(),
        email: box.unseal(row.email, `person.email:${id}`).toString(),
      }
    },
  }
}

const withKey = (db: Reader) =>
  db
    .selectFrom('person')
    .innerJoin('person_key', 'person_key.person_id', 'person.id')
    .select(['person.id', 'person_key.wrapped_key'])
