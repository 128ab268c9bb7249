import { ProblemError } from '../contract/problems.ts'
import type { Reader } from '../db/database.ts'
import type { PersonVault, Vault } from './vault.ts'

/** The person's own box. A person without a key is deleted, and therefore signed out. */
export async function personVault(db: Reader, vault: Vault, personId: string): Promise<PersonVault> {
  const row = await db
    .selectFrom('person_key')
    .select('wrapped_key')
    .where('person_id', '=', personId)
    .executeTakeFirst()
  if (!row) throw new ProblemError('signed_out')
  return vault.open(row.wrapped_key)
}
