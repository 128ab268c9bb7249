import { currencies } from '../contract/values.ts'
import type { Trx } from '../db/database.ts'
import type { PaymentFactTable, PurchaseTable } from '../db/schema.ts'
import { assertLedger } from '../ledger/assert.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { type CheckoutFact, creditsLeft, type Fact, isLater, outcomes, type ReturnFact, states } from './facts.ts'
import { purchaseById, purchaseByIntent, restorePurchase } from './purchases.ts'

export interface Reconciled {
  /** Whose balance may have changed. */
  personId: string | null
  /** Why a payment was not taken over: somebody has to look. Names no person. */
  alarm: string | null
}

export type Reconcile = (trx: Trx, fact: Fact) => Promise<Reconciled>

/**
 * Brings a fact into the ledger: fact and credits in one transaction. Nothing here depends on the order in which facts
 * come or how often: each is merged into what is known, and the credits are moved to where all that is known puts them.
 */
export function createReconciler({ ledger, now }: { ledger: Ledger; now: () => number }): Reconcile {
  return (trx, fact) => (fact.kind === 'checkout' ? reconcileCheckout(trx, fact) : reconcileReturn(trx, fact))

  async function reconcileCheckout(trx: Trx, fact: CheckoutFact): Promise<Reconciled> {
    const purchase = (await purchaseById(trx, fact.purchaseId)) ?? (await restored(trx, fact))
    if (!purchase) return alarm('a payment names a purchase that does not exist')
    const misfit = misfitOf(purchase, fact)
    if (misfit) return alarm(misfit)
    if (!isLater(outcomes, fact.outcome, purchase.status)) return { personId: null, alarm: null }

    const changed = {
      checkout_session: fact.session,
      payment_intent: fact.paymentIntent ?? purchase.payment_intent,
      status: fact.outcome,
      paid_at: fact.outcome === 'paid' ? now() : null,
    }
    await trx.updateTable('purchase').set(changed).where('id', '=', purchase.id).execute()
    if (fact.outcome === 'paid') {
      const { person_id: personId, credits } = purchase
      const ref = `checkout:${fact.session}`
      const isNew = await ledger.sell(trx, { ref, personId, purchaseId: purchase.id, credits })
      assertLedger(isNew, 'A purchase that was not paid had its credits.')
      const paid = { ...purchase, ...changed }
      const known = await knownOf(trx, paid)
      const kind = known.some(isRefund) ? 'refund' : 'dispute'
      await moveDifference(trx, paid, known, { kind, ref: `${ref}:before` })
    }
    return { personId: purchase.person_id, alarm: null }
  }

  async function reconcileReturn(trx: Trx, fact: ReturnFact): Promise<Reconciled> {
    const merged = await merge(trx, fact, now())
    if (!merged) return { personId: null, alarm: null }
    // A refund that fails was perhaps our own: the wish for it ends with it.
    if (fact.kind === 'refund' && fact.state === 'failed')
      await trx
        .updateTable('payment_fact')
        .set({ state: 'failed' })
        .where('payment_intent', '=', fact.paymentIntent)
        .where('kind', '=', 'request')
        .execute()
    const purchase = await purchaseByIntent(trx, fact.paymentIntent)
    if (purchase?.status !== 'paid') return { personId: null, alarm: null }
    const { kind, state, amount_minor, ref } = merged
    const cause = { kind: kind === 'dispute' ? kind : 'refund', ref: `${ref}:${state}:${amount_minor}` } as const
    await moveDifference(trx, purchase, await knownOf(trx, purchase), cause)
    return { personId: purchase.person_id, alarm: null }
  }

  /** Moves the difference between what the purchase has given and what it is worth. */
  async function moveDifference(
    trx: Trx,
    purchase: PurchaseTable,
    known: PaymentFactTable[],
    cause: { kind: 'refund' | 'dispute'; ref: string },
  ): Promise<void> {
    const change = creditsLeft(purchase, known) - (await ledger.creditsOf(trx, purchase.id))
    if (change === 0) return
    const reversal = {
      ...cause,
      personId: purchase.person_id,
      purchaseId: purchase.id,
      credits: Math.abs(change),
    }
    const isNew = await (change < 0 ? ledger.takeBack(trx, reversal) : ledger.giveBack(trx, reversal))
    assertLedger(isNew, 'A fact about a payment changed the credits twice.')
  }
}

async function restored(trx: Trx, { purchaseId, currency, offered }: CheckoutFact): Promise<PurchaseTable | null> {
  const sold = currencies.find(known => known === currency)
  return offered && sold ? restorePurchase(trx, purchaseId, sold, offered) : null
}

const alarm = (why: string): Reconciled => ({ personId: null, alarm: why })
const isRefund = ({ kind }: PaymentFactTable) => kind !== 'dispute'

const knownOf = (trx: Trx, purchase: PurchaseTable): Promise<PaymentFactTable[]> =>
  trx.selectFrom('payment_fact').selectAll().where('payment_intent', '=', purchase.payment_intent).execute()

/** What does not fit between a payment and what was offered; nothing is granted for it. */
function misfitOf(purchase: PurchaseTable, fact: CheckoutFact): string | null {
  if (purchase.checkout_session !== null && purchase.checkout_session !== fact.session)
    return 'a payment came through another checkout session'
  if (purchase.payment_intent !== null && fact.paymentIntent !== null && purchase.payment_intent !== fact.paymentIntent)
    return 'a checkout session has two payments'
  if (purchase.amount_minor !== fact.amountMinor) return 'a payment has another amount than its purchase'
  if (purchase.currency !== fact.currency) return 'a payment has another currency than its purchase'
  if (fact.outcome === 'paid' && fact.paymentIntent === null) return 'a payment has no payment intent'
  return null
}

/** The fact as it is known now, or null when nothing about it is new. */
async function merge(trx: Trx, fact: ReturnFact, at: number): Promise<PaymentFactTable | null> {
  const { ref, kind, state, paymentIntent, amountMinor } = fact
  const old = await trx.selectFrom('payment_fact').selectAll().where('ref', '=', ref).executeTakeFirst()
  if (!old) {
    const row = { ref, kind, state, payment_intent: paymentIntent, amount_minor: amountMinor, at }
    await trx.insertInto('payment_fact').values(row).execute()
    return row
  }
  const merged = {
    ...old,
    state: isLater(states, state, old.state) ? state : old.state,
    amount_minor: Math.max(old.amount_minor, amountMinor),
  }
  if (merged.state === old.state && merged.amount_minor === old.amount_minor) return null
  await trx
    .updateTable('payment_fact')
    .set({ state: merged.state, amount_minor: merged.amount_minor })
    .where('ref', '=', ref)
    .execute()
  return merged
}
