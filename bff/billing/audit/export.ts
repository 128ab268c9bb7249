import { type CompiledQuery, CompiledQuery as Query } from 'kysely'
import type { Trx } from '../../db/database.ts'

/** The tables the ledger consists of, in the order in which they refer to each other. */
const tables = [
  'account',
  'purchase',
  'payment_fact',
  'money_event',
  'transfer',
  'free_grant',
  'provider_cost',
] as const
const rowsPerRead = 1000

/** Every row of the ledger as a line of JSON with its table, in the order it was written. Ids are random: nobody is named. */
export async function* exportLedger(db: Trx): AsyncGenerator<string> {
  for (const table of tables)
    for (let after = 0; ; ) {
      const query = Query.raw(
        `select rowid as row, * from ${table} where rowid > ? order by rowid limit ${rowsPerRead}`,
        [after],
      )
      const { rows } = await db.executeQuery(query as CompiledQuery<{ row: number }>)
      for (const { row, ...values } of rows) {
        after = row
        yield JSON.stringify({ table, ...values })
      }
      if (rows.length < rowsPerRead) break
    }
}
