import type { Trx } from '../db/database.ts'
import { addPosted, readAccounts, systemAccounts } from './accounts.ts'
import { assertCredits } from './assert.ts'
import { recordTransfer } from './transfers.ts'

export interface FreeGrant {
  personId: string
  /** Outlives the person for a while, so that deleting an account and coming back gives nothing new. */
  subjectHash: string
  credits: number
}

/** Free credits once per subject; false when this subject had them before. */
export async function grantFree(trx: Trx, grant: FreeGrant, at: number): Promise<boolean> {
  const { personId, subjectHash, credits } = grant
  assertCredits(credits)
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('free_grant')
    .values({ subject_hash: subjectHash, at })
    .onConflict(conflict => conflict.doNothing())
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows === 0n) return false

  const ref = `free:${personId}`
  await trx.insertInto('money_event').values({ ref, kind: 'free_grant', person_id: personId, credits, at }).execute()
  if (credits === 0) return true
  const { free } = await readAccounts(trx, personId)
  await addPosted(trx, systemAccounts.promo, -credits)
  await addPosted(trx, free.id, credits)
  await recordTransfer(trx, {
    kind: 'grant',
    debit: systemAccounts.promo,
    credit: free.id,
    amount: credits,
    event_ref: ref,
    at,
  })
  return true
}
