import type { PaymentFactTable, PurchaseTable } from '../db/schema.ts'

/** What the payment service says about a checkout session, in the words of the ledger. */
export interface CheckoutFact {
  kind: 'checkout'
  session: string
  /** What we sent along as our reference. */
  purchaseId: string
  paymentIntent: string | null
  amountMinor: number
  currency: string
  outcome: 'open' | 'pending' | 'expired' | 'failed' | 'paid'
  /** What was offered, as we sent it along: a database that was restored from a backup may not know the purchase. */
  offered: Offered | null
}

export interface Offered extends Pick<PurchaseTable, 'pack' | 'credits' | 'amount_minor' | 'created_at'> {
  personId: string
}

/** What it says about money that went back. `charge` is the sum of all refunds of a charge so far. */
export type ReturnFact = Pick<PaymentFactTable, 'ref' | 'kind' | 'state'> & {
  paymentIntent: string
  amountMinor: number
}

export type Fact = CheckoutFact | ReturnFact

/** Facts only ever move up: hearing them in another order, or again, ends in the same place. */
export const outcomes = [
  'new',
  'open',
  'pending',
  'expired',
  'failed',
  'paid',
] as const satisfies PurchaseTable['status'][]
export const states = [
  'made',
  'failed',
  'opened',
  'withdrawn',
  'reinstated',
] as const satisfies PaymentFactTable['state'][]

export const isLater = <T>(order: readonly T[], next: T, than: T): boolean => order.indexOf(next) > order.indexOf(than)

type KnownReturn = Pick<PaymentFactTable, 'kind' | 'state' | 'amount_minor'>

/**
 * How many credits a paid purchase is worth after everything that went back. Always computed from the whole, never step
 * by step: rounding cannot pile up. Money is compared with money; credits follow in proportion, in the person's favour.
 */
export function creditsLeft(
  purchase: Pick<PurchaseTable, 'credits' | 'amount_minor'>,
  known: readonly KnownReturn[],
): number {
  const gone = Math.min(purchase.amount_minor, refunded(known) + disputed(known))
  return purchase.credits - Math.floor((purchase.credits * gone) / purchase.amount_minor)
}

const sum = (known: readonly KnownReturn[], kind: KnownReturn['kind'], state: KnownReturn['state']) =>
  known.filter(fact => fact.kind === kind && fact.state === state).reduce((total, fact) => total + fact.amount_minor, 0)

/**
 * The refunds known one by one, or a charge's own sum when it knows of more; a sum heard before a refund failed still
 * holds that one. Our own request counts before the payment service has heard of it.
 */
function refunded(known: readonly KnownReturn[]): number {
  const total = known
    .filter(({ kind }) => kind === 'charge')
    .reduce((most, fact) => Math.max(most, fact.amount_minor), 0)
  return Math.max(sum(known, 'refund', 'made'), total - sum(known, 'refund', 'failed'), sum(known, 'request', 'made'))
}

/** The money of a dispute is withdrawn when it opens, and reinstated when it is won. */
const disputed = (known: readonly KnownReturn[]): number => sum(known, 'dispute', 'withdrawn')
