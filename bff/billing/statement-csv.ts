import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import type { StatementKind, StatementLine } from '../contract/credits.ts'
import type { Trx } from '../db/database.ts'
import { readStatement } from '../ledger/statement.ts'
import type { Place } from '../privacy/cursor.ts'

const columns = ['time', 'kind', 'account', 'credits', 'returned', 'generation', 'purchase']
const linesPerRead = 500

/** All lines as CSV (RFC 4180), newest first, read as they are sent. Every value is ours: none needs quoting. */
export const sendStatementCsv = (reply: FastifyReply, trx: Trx, personId: string, kind: StatementKind | undefined) =>
  reply
    .headers({
      'cache-control': 'private, no-store',
      'content-disposition': 'attachment; filename="mimicit-credits.csv"',
    })
    .type('text/csv; charset=utf-8')
    .send(Readable.from(rowsOf(trx, personId, kind)))

async function* rowsOf(trx: Trx, personId: string, kind: StatementKind | undefined) {
  yield `${columns.join()}\r\n`
  let after: Place | null = null
  for (let isMore = true; isMore; ) {
    const lines: StatementLine[] = await readStatement(trx, personId, { after, kind, limit: linesPerRead })
    yield lines.map(toRow).join('')
    isMore = lines.length === linesPerRead
    after = lines.at(-1) ?? null
  }
}

const toRow = ({ at, kind, account, credits, returned, generationId, purchaseId }: StatementLine) =>
  `${[new Date(at).toISOString(), kind, account, credits, returned, generationId ?? '', purchaseId ?? ''].join()}\r\n`
