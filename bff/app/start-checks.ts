import type { Trx } from '../db/database.ts'
import { DatabaseError } from '../db/errors.ts'
import { audit } from '../ledger/audit.ts'
import type { Vault } from '../privacy/vault.ts'

/** Throws DatabaseError when the ledger does not balance: it is never written to again, not even by recovery. */
export async function checkLedger(db: Trx): Promise<void> {
  const violations = await audit(db)
  if (violations.length === 0) return
  const list = violations.map(({ invariant, detail }) => `${invariant} (${detail})`).join('; ')
  throw new DatabaseError(`The ledger is not in order, and nothing is served from it: ${list}`)
}

/**
 * Throws DatabaseError when the database was sealed under another master key. Going on would make everybody a stranger
 * with new free credits, and seal new people under a key that does not open the others.
 */
export async function checkMasterKey(db: Trx, vault: Vault): Promise<void> {
  const row = await db.selectFrom('person_key').select('wrapped_key').limit(1).executeTakeFirst()
  if (!row) return
  try {
    vault.open(row.wrapped_key)
  } catch {
    throw new DatabaseError(
      'The database was sealed under another master key. Start with that one; nothing was changed.',
    )
  }
}
