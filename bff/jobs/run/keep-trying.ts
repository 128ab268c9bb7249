import { LedgerError } from '../../ledger/assert.ts'
import { pause, type Timers } from '../timers.ts'

export interface Patience {
  timers: Timers
  /** Gives up with the last error when it aborts. */
  signal: AbortSignal
  attempts?: number
  /** Hears of every failure that is tried again; the last one is thrown. */
  onError: (error: unknown) => void
}

const firstPauseMs = 500
const longestPauseMs = 30_000

/**
 * Repeats a step that failed because the disk did (full, busy), with growing pauses. The step must be safe to repeat.
 * What the ledger refuses is a mistake of ours, and would be refused for ever: that is thrown at once.
 */
export async function keepTrying<T>(
  step: () => Promise<T>,
  { timers, signal, attempts = Infinity, onError }: Patience,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await step()
    } catch (error) {
      if (attempt >= attempts || signal.aborted || error instanceof LedgerError) throw error
      onError(error)
      await pause(Math.min(firstPauseMs * 2 ** (attempt - 1), longestPauseMs), timers, signal)
    }
  }
}
