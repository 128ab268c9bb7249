/** The ledger does not add up, or a command was used wrongly. Stops the transaction; never shown to a person as it is. */
export class LedgerError extends Error {
  override name = 'LedgerError'
}

/** Stays on in production: a stopped request is cheaper than a wrong balance. */
export function assertLedger(condition: boolean, message: string): asserts condition {
  if (!condition) throw new LedgerError(message)
}

export function assertCredits(credits: number): void {
  assertLedger(Number.isSafeInteger(credits) && credits >= 0, 'Credits are whole numbers from 0.')
}
