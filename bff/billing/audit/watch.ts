import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Inspection } from './inspect.ts'

interface WatchDeps {
  /** The database's file. */
  file: string
  now: () => number
  /** The ledger does not add up, or something near it needs a look. Names no person. */
  onAlarm(what: string): void
}

export type LedgerWatch = ReturnType<typeof createLedgerWatch>

/** Looks through the ledger beside the requests: it reads whole tables, in a thread and a connection of its own. */
export function createLedgerWatch({ file, now, onAlarm }: WatchDeps) {
  let isInOrder = true
  return {
    /** What the last look found. The start itself refuses a ledger that is not in order. */
    isInOrder: () => isInOrder,
    /** Ends without an answer when `stopping` does. */
    async look(stopping?: AbortSignal): Promise<void> {
      const found = await inspectBeside({ file, now: now() }, stopping)
      if (!found) return
      isInOrder = found.violations.length === 0
      // Which rows, `npm run audit check` tells: the log holds no ids.
      const broken = new Set(found.violations.map(({ invariant }) => invariant))
      for (const invariant of broken) onAlarm(`this does not hold: ${invariant}`)
      if (found.isNearThreshold) onAlarm(`unspent bought credits are worth ${found.unspentYen} yen`)
    },
  }
}

async function inspectBeside(workerData: object, stopping?: AbortSignal): Promise<Inspection | null> {
  const worker = new Worker(new URL('worker.ts', import.meta.url), { workerData })
  try {
    const [found] = (await once(worker, 'message', { ...(stopping && { signal: stopping }) })) as [Inspection]
    return found
  } catch (error) {
    if (stopping?.aborted) return null
    throw error
  } finally {
    await worker.terminate()
  }
}
