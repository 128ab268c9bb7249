import { randomUUIDv7 } from 'node:crypto'
import { CompiledQuery } from 'kysely'
import { purchaseById, purchaseByIntent } from '../billing/purchases.ts'
import { createReconciler, type Reconcile } from '../billing/reconciler.ts'
import type { Database, Trx } from '../db/database.ts'
import { addPosted, readAccounts } from '../ledger/accounts.ts'
import { createLedger, type Ledger } from '../ledger/ledger.ts'
import { recordTransfer } from '../ledger/transfers.ts'

/** Ledgers that are wrong on purpose: a test that cannot catch them proves nothing. */
export interface UnderTest {
  ledger: Ledger
  reconcile: Reconcile
}
export type MakeLedger = (database: Database, now: () => number) => UnderTest

export const rightLedger: MakeLedger = (_database, now) => {
  const ledger = createLedger({ now })
  return { ledger, reconcile: createReconciler({ ledger, now }) }
}

/** The right ledger and reconciler with another ledger inside. */
const withLedger =
  (change: (right: Ledger, database: Database) => Partial<Ledger>): MakeLedger =>
  (database, now) => {
    const right = createLedger({ now })
    const ledger = { ...right, ...change(right, database) }
    return { ledger, reconcile: createReconciler({ ledger, now }) }
  }
const withBook =
  (change: (right: UnderTest) => Reconcile): MakeLedger =>
  (database, now) => {
    const right = rightLedger(database, now)
    return { ...right, reconcile: change(right) }
  }

async function addPendingUnguarded(trx: Trx, id: string, amount: number): Promise<void> {
  await trx.executeQuery(CompiledQuery.raw('update account set pending = pending + ? where id = ?', [amount, id]))
}

/** Reserves without looking whether there is enough. */
export const withoutGuard = withLedger(() => ({
  async hold(trx, { personId, jobId, price }) {
    if (price === 0) return
    const { free } = await readAccounts(trx, personId)
    await addPendingUnguarded(trx, free.id, price)
    await recordTransfer(trx, { kind: 'hold', debit: free.id, credit: 'revenue', amount: price, job_id: jobId, at: 1 })
  },
}))

/** Looks first and writes what it saw: what came between is lost. */
export const readThenWrite = withLedger((right, database) => ({
  async hold(trx, held) {
    const { personId, jobId, price } = held
    const { free, debt } = await readAccounts(database.read, personId)
    if (price === 0 || debt.posted < 0 || free.available < price) return right.hold(trx, held)
    const pending = free.pending + price
    await trx.executeQuery(CompiledQuery.raw('update account set pending = ? where id = ?', [pending, free.id]))
    await recordTransfer(trx, { kind: 'hold', debit: free.id, credit: 'revenue', amount: price, job_id: jobId, at: 1 })
  },
}))

/** Spends paid credits before free ones: every sum is right, only the person is worse off. */
export const paidFirst = withLedger(right => ({
  async hold(trx, held) {
    const { paid } = await readAccounts(trx, held.personId)
    const { jobId, price } = held
    if (price === 0 || paid.available < price) return right.hold(trx, held)
    await addPendingUnguarded(trx, paid.id, price)
    await recordTransfer(trx, { kind: 'hold', debit: paid.id, credit: 'revenue', amount: price, job_id: jobId, at: 1 })
  },
}))

/** Ends a hold in the transfers but leaves it pending on the account. */
export const forgetfulVoid = withLedger(() => ({
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
}))

/** Gives free credits as often as it is asked: the ledger still adds up. */
export const grantsAgain = withLedger(() => ({
  async grantFree(trx, { personId, credits }) {
    const ref = `free:${randomUUIDv7()}`
    const event = { ref, kind: 'free_grant', person_id: personId, credits, at: 1 } as const
    await trx.insertInto('money_event').values(event).execute()
    const { free } = await readAccounts(trx, personId)
    await addPosted(trx, 'promo', -credits)
    await addPosted(trx, free.id, credits)
    const debit = 'promo'
    await recordTransfer(trx, { kind: 'grant', debit, credit: free.id, amount: credits, event_ref: ref, at: 1 })
    return true
  },
}))

/** Takes back what is there and forgets the rest. */
export const forgetsDebt = withLedger(right => ({
  async takeBack(trx, reversal) {
    const { paid } = await readAccounts(trx, reversal.personId)
    const credits = Math.min(paid.available, reversal.credits)
    return credits === 0 || right.takeBack(trx, { ...reversal, credits })
  },
}))

/** Takes every notification of a payment over under a name of its own. */
export const withoutReference = withBook(({ ledger, reconcile }) => async (trx, fact) => {
  if (fact.kind !== 'checkout') return reconcile(trx, fact)
  const purchase = await purchaseById(trx, fact.purchaseId)
  if (purchase?.status !== 'paid') return reconcile(trx, fact)
  const { person_id: personId, id: purchaseId, credits } = purchase
  await ledger.sell(trx, { ref: randomUUIDv7(), personId, purchaseId, credits })
  return { personId, alarm: null }
})

/** Takes the credits back each time a refund is heard of. */
export const refundsTwice = withBook(({ ledger, reconcile }) => async (trx, fact) => {
  const known = await trx
    .selectFrom('payment_fact')
    .select('ref')
    .where('ref', '=', 'ref' in fact ? fact.ref : '')
    .execute()
  if (fact.kind !== 'refund' || fact.state !== 'made' || known.length === 0) return reconcile(trx, fact)
  const purchase = await purchaseByIntent(trx, fact.paymentIntent)
  if (purchase?.status !== 'paid') return reconcile(trx, fact)
  const { person_id: personId, id: purchaseId } = purchase
  await ledger.takeBack(trx, { ref: randomUUIDv7(), kind: 'refund', personId, purchaseId, credits: 1 })
  return { personId, alarm: null }
})

/** Takes cents for credits. */
export const centsForCredits = withBook(({ ledger, reconcile }) => async (trx, fact) => {
  const purchase = fact.kind === 'refund' ? await purchaseByIntent(trx, fact.paymentIntent) : undefined
  if (fact.kind !== 'refund' || purchase?.status !== 'paid') return reconcile(trx, fact)
  const { person_id: personId, id: purchaseId } = purchase
  const credits = Math.min(fact.amountMinor, await ledger.creditsOf(trx, purchaseId))
  if (credits > 0) await ledger.takeBack(trx, { ref: fact.ref, kind: 'refund', personId, purchaseId, credits })
  return { personId, alarm: null }
})

/** Hears of a won dispute and does nothing. */
export const keepsDisputed = withBook(
  ({ reconcile }) =>
    async (trx, fact) =>
      fact.kind === 'dispute' && fact.state === 'reinstated' ? { personId: null, alarm: null } : reconcile(trx, fact),
)

/** Believes the last it heard: right for whoever hears everything once and in order. */
export const followsOrder = withBook(({ reconcile }) => async (trx, fact) => {
  if (fact.kind === 'dispute')
    await trx.updateTable('payment_fact').set({ state: 'opened' }).where('ref', '=', fact.ref).execute()
  return reconcile(trx, fact)
})
