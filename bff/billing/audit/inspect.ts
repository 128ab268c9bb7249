import type { Trx } from '../../db/database.ts'
import { audit, type Violation } from '../../ledger/audit.ts'
import { longestHoldMs, staleHolds } from '../../ledger/stale-holds.ts'
import { loadPacks } from '../packs.ts'
import { type Unspent, unspentAt } from '../unspent.ts'

/** Unspent bought credits from which the Payment Services Act asks for a notice and a deposit, on the two base dates. */
export const thresholdYen = 10_000_000
const nearShare = 0.8

export interface Inspection {
  /** What does not hold; empty when the ledger is in order. */
  violations: Violation[]
  unspent: Unspent[]
  /** All currencies together, at the rate of the packs. */
  unspentYen: number
  /** The threshold is near or passed. */
  isNearThreshold: boolean
}

/** Recomputes the ledger at this moment. Reads whole tables. */
export async function inspectLedger(db: Trx, now: number): Promise<Inspection> {
  const stale = (await staleHolds(db, now - longestHoldMs)).map(detail => ({
    invariant: 'no hold outlives its job',
    detail,
  }))
  const unspent = await unspentAt(db, now)
  const unspentYen = inYen(unspent)
  return {
    violations: [...(await audit(db)), ...stale],
    unspent,
    unspentYen,
    isNearThreshold: unspentYen >= thresholdYen * nearShare,
  }
}

export function inYen(unspent: readonly Unspent[]): number {
  const { currencies } = loadPacks()
  const yen = unspent.map(
    ({ currency, amountMinor }) => (amountMinor / currencies[currency].minorPerDollar) * currencies.jpy.minorPerDollar,
  )
  return Math.ceil(yen.reduce((sum, amount) => sum + amount, 0))
}
