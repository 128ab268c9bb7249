import type { Kysely, Transaction } from 'kysely'
import { ProblemError } from '../contract/problems.ts'
import type { Connection } from './connection.ts'
import type { Trx } from './database.ts'
import type { Schema } from './schema.ts'

/** Longest batch: keeps the event loop free for others under a flood of writes. */
const maxBatch = 128

interface Waiting {
  body(trx: Trx): Promise<unknown>
  settle(outcome: Outcome): void
}
type Outcome = { value: unknown } | { error: unknown }

export interface Writer {
  write<T>(body: (trx: Trx) => Promise<T>): Promise<T>
  /** Refuses new bodies and resolves when the waiting ones are done. */
  drain(): Promise<void>
}

/**
 * The one queue all writes go through. The bodies waiting at the next turn of the event loop share one transaction and
 * one fsync; each has its own savepoint, and its caller hears nothing before COMMIT.
 */
export function createWriter(db: Kysely<Schema>, connection: Connection): Writer {
  let waiting: Waiting[] = []
  let running: Promise<void> | undefined
  let draining = false

  async function runWaiting(): Promise<void> {
    while (waiting.length > 0) {
      await nextTurn()
      const batch = waiting.slice(0, maxBatch)
      waiting = waiting.slice(maxBatch)
      const outcomes = await runBatch(db, batch, connection)
      for (const [index, { settle }] of batch.entries()) settle(outcomes[index]!)
    }
    running = undefined
  }

  return {
    write<T>(body: (trx: Trx) => Promise<T>): Promise<T> {
      if (draining) return Promise.reject(new ProblemError('unavailable'))
      return new Promise<T>((resolve, reject) => {
        waiting.push({
          body,
          settle: outcome => ('error' in outcome ? reject(outcome.error) : resolve(outcome.value as T)),
        })
        running ??= runWaiting()
      })
    },
    async drain() {
      draining = true
      await running
    },
  }
}

const nextTurn = () => new Promise<void>(resolve => setImmediate(resolve))

/** Runs the bodies in one transaction. When that transaction is lost, every body of the batch gets its error. */
async function runBatch(db: Kysely<Schema>, batch: Waiting[], connection: Connection): Promise<Outcome[]> {
  const watch = watchTurn()
  let ended = false
  try {
    return await db.transaction().execute(async transaction => {
      const trx = direct(transaction, connection, () => ended)
      // A body alone needs no savepoint: its failure rolls back the transaction.
      if (batch.length === 1) return [{ value: await watch.race(batch[0]!.body(trx)) }]
      const outcomes: Outcome[] = []
      for (const { body } of batch) {
        connection.query('savepoint body')
        const outcome = await watch.race(outcomeOf(body, trx))
        // A full disk makes SQLite roll back everything, also the bodies that were fine.
        if (!connection.isInTransaction()) throw 'error' in outcome ? outcome.error : new ProblemError('unavailable')
        if ('error' in outcome) connection.query('rollback to savepoint body')
        connection.query('release savepoint body')
        outcomes.push(outcome)
      }
      return outcomes
    })
  } catch (error) {
    return batch.map(() => ({ error }))
  } finally {
    ended = true
    watch.stop()
  }
}

/**
 * The transaction as bodies see it. Queries that are compiled already go straight to the one connection, because
 * Kysely's way of getting it costs as much as a small statement.
 */
const direct = (transaction: Transaction<Schema>, connection: Connection, hasEnded: () => boolean): Trx => ({
  selectFrom: transaction.selectFrom.bind(transaction),
  insertInto: transaction.insertInto.bind(transaction),
  updateTable: transaction.updateTable.bind(transaction),
  deleteFrom: transaction.deleteFrom.bind(transaction),
  getExecutor: transaction.getExecutor.bind(transaction),
  async executeQuery(query) {
    if (hasEnded()) throw new Error('This write has ended.')
    const { sql, parameters } = 'compile' in query ? query.compile() : query
    return connection.query(sql, parameters)
  },
})

async function outcomeOf(body: Waiting['body'], trx: Trx): Promise<Outcome> {
  try {
    return { value: await body(trx) }
  } catch (error) {
    return { error }
  }
}

/**
 * SQLite answers within the same turn of the event loop. A body that lets a turn pass awaits something else (network,
 * file, timer, another write) while it holds the lock of all: that is a bug, and the batch ends with this error.
 */
function watchTurn() {
  const passed = Promise.withResolvers<never>()
  passed.promise.catch(() => {})
  const immediate = setImmediate(() => passed.reject(new Error('A write awaited something other than its database.')))
  return {
    race: <T>(work: Promise<T>): Promise<T> => Promise.race([work, passed.promise]),
    stop: () => clearImmediate(immediate),
  }
}
