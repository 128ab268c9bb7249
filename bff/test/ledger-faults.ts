import { randomUUIDv7 } from 'node:crypto'
import { CompiledQuery } from 'kysely'
import { addPosted, readAccounts } from '../credits/accounts.ts'
import { createLedger, type Ledger } from '../credits/ledger.ts'
import { recordTransfer } from '../credits/transfers.ts'
import type { Trx } from '../db/database.ts'

/** Ledgers that are wrong on purpose: a test that cannot catch them proves nothing. */
const right = createLedger({ now: () => 1 })

async function addPendingUnguarded(trx: Trx, id: string, amount: number): Promise<void> {
  await trx.executeQuery(CompiledQuery.raw('update account set pending = pending + ? where id = ?', [amount, id]))
}

/** Reserves without looking whether there is enough. */
export const withoutGuard: Ledger = {
  ...right,
  async hold(trx, { personId, jobId, price }) {
    if (price === 0) return
    const { free } = await readAccounts(trx, personId)
    await addPendingUnguarded(trx, free.id, price)
    await recordTransfer(trx, { kind: 'hold', debit: free.id, credit: 'revenue', amount: price, job_id: jobId, at: 1 })
  },
}

/** Spends paid credits before free ones: every sum is right, only the person is worse off. */
export const paidFirst: Ledger = {
  ...right,
  async hold(trx, held) {
    const { paid } = await readAccounts(trx, held.personId)
    const { personId, jobId, price } = held
    if (price === 0 || paid.available < price) return right.hold(trx, { personId, jobId, price })
    await addPendingUnguarded(trx, paid.id, price)
    await recordTransfer(trx, { kind: 'hold', debit: paid.id, credit: 'revenue', amount: price, job_id: jobId, at: 1 })
  },
}

/** Ends a hold in the books but leaves it pending on the account. */
export const forgetfulVoid: Ledger = {
  ...right,
  async void(trx, jobId) {
    const holds = await trx
      .selectFrom('transfer')
      .select(['id', 'debit'])
      .where('job_id', '=', jobId)
      .where('kind', '=', 'hold')
      .execute()
    for (const { id, debit } of holds)
      await recordTransfer(trx, {
        kind: 'void',
        debit,
        credit: 'revenue',
        amount: 0,
        job_id: jobId,
        pending_id: id,
        at: 1,
      })
  },
}

/** Gives free credits as often as it is asked: the books still add up. */
export const grantsAgain: Ledger = {
  ...right,
  async grantFree(trx, { personId, credits }) {
    const ref = `free:${randomUUIDv7()}`
    await trx
      .insertInto('money_event')
      .values({ ref, kind: 'free_grant', person_id: personId, credits, at: 1 })
      .execute()
    const { free } = await readAccounts(trx, personId)
    await addPosted(trx, 'promo', -credits)
    await addPosted(trx, free.id, credits)
    await recordTransfer(trx, {
      kind: 'grant',
      debit: 'promo',
      credit: free.id,
      amount: credits,
      event_ref: ref,
      at: 1,
    })
    return true
  },
}
