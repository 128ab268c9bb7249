import { Readable } from 'node:stream'
import type { StatementKind, StatementLine } from '../contract/credits.ts'
import type { Trx } from '../db/database.ts'
import { type Place, readStatement } from '../ledger/statement.ts'

const columns = ['time', 'kind', 'purse', 'credits', 'returned', 'generation', 'purchase']
const linesPerRead = 500

/** All lines as CSV (RFC 4180), newest first, read as they are sent. Every value is ours: none needs quoting. */
export function statementCsv(trx: Trx, personId: string, kind: StatementKind | undefined): Readable {
  async function* rows() {
    yield `${columns.join()}\r\n`
    let after: Place | null = null
    for (let isMore = true; isMore; ) {
      const lines: StatementLine[] = await readStatement(trx, personId, { after, kind, limit: linesPerRead })
      yield lines.map(toRow).join('')
      isMore = lines.length === linesPerRead
      after = lines.at(-1) ?? null
    }
  }
  return Readable.from(rows())
}

const toRow = ({ at, kind, purse, credits, returned, generationId, purchaseId }: StatementLine) =>
  `${[new Date(at).toISOString(), kind, purse, credits, returned, generationId ?? '', purchaseId ?? ''].join()}\r\n`
