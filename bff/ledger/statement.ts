import { type RawBuilder, sql } from 'kysely'
import type { StatementKind, StatementLine } from '../contract/credits.ts'
import type { Trx } from '../db/database.ts'
import { type Accounts, readAccounts } from './accounts.ts'

/** Place in a list that runs from new to old. */
export interface Place {
  at: number
  id: string
}
export interface StatementFilter {
  after: Place | null
  kind: StatementKind | undefined
  limit: number
}

type Purse = StatementLine['purse']

interface Source {
  kinds: readonly StatementKind[]
  side: 'debit' | 'credit'
  transfer: 'post' | 'void' | 'grant' | 'correction'
  purses: readonly Purse[]
}

/** Where lines come from. What moves between the person's own purses is no line. */
const sources: readonly Source[] = [
  { kinds: ['spent'], side: 'debit', transfer: 'post', purses: ['free', 'paid'] },
  { kinds: ['returned'], side: 'debit', transfer: 'void', purses: ['free', 'paid'] },
  { kinds: ['refund', 'dispute'], side: 'debit', transfer: 'correction', purses: ['paid', 'debt'] },
  { kinds: ['free'], side: 'credit', transfer: 'grant', purses: ['free'] },
  { kinds: ['purchase'], side: 'credit', transfer: 'grant', purses: ['paid', 'debt'] },
  { kinds: ['restored'], side: 'credit', transfer: 'correction', purses: ['paid', 'debt'] },
]

/** Word for word the conditions of the indexes: only so does SQLite use them. */
const indexed = {
  debit: sql`kind in ('post', 'void', 'correction')`,
  credit: sql`kind in ('grant', 'correction')`,
}

interface Row {
  id: string
  at: number
  transfer: Source['transfer']
  side: Source['side']
  purse: Purse
  amount: number
  job_id: string | null
  held: number | null
  fact: 'free_grant' | 'purchase' | 'refund' | 'dispute' | null
  purchase_id: string | null
}

/**
 * Lines of a person, newest first. Each source is read from its index, so a page costs the same after a million lines.
 * `trx` may be `database.read`.
 */
export async function readStatement(trx: Trx, personId: string, filter: StatementFilter): Promise<StatementLine[]> {
  const accounts = await readAccounts(trx, personId)
  const parts = sources
    .filter(({ kinds }) => filter.kind === undefined || kinds.includes(filter.kind))
    .flatMap(source => source.purses.map(purse => part(accounts, source, purse, filter)))
  const { rows } = await sql<Row>`
    select line.*, hold.amount as held, fact.kind as fact, fact.purchase_id
    from (${sql.join(parts, sql` union all `)}) line
    left join transfer hold on hold.id = line.pending_id
    left join money_event fact on fact.ref = line.event_ref
    order by line.at desc, line.id desc limit ${filter.limit}`.execute(trx)
  return rows.map(toLine)
}

function part(accounts: Accounts, { kinds, side, transfer }: Source, purse: Purse, filter: StatementFilter) {
  const { after, kind, limit } = filter
  const conditions: RawBuilder<unknown>[] = [
    sql`${sql.ref(side)} = ${accounts[purse].id}`,
    sql`kind = ${transfer}`,
    indexed[side],
  ]
  if (after) conditions.push(sql`(at, id) < (${after.at}, ${after.id})`)
  if (kind && kinds.length > 1) conditions.push(sql`(select kind from money_event where ref = event_ref) = ${kind}`)
  return sql`select * from (
    select id, at, kind as transfer, ${side} as side, ${purse} as purse, amount, job_id, pending_id, event_ref
    from transfer where ${sql.join(conditions, sql` and `)} order by at desc, id desc limit ${limit})`
}

function toLine(row: Row): StatementLine {
  return {
    id: row.id,
    at: row.at,
    kind: kindOf(row),
    purse: row.purse,
    credits: row.amount === 0 ? 0 : row.side === 'debit' ? -row.amount : row.amount,
    returned: row.held === null ? 0 : row.held - row.amount,
    generationId: row.job_id,
    purchaseId: row.purchase_id,
  }
}

function kindOf({ transfer, side, fact, purse }: Row): StatementKind {
  if (transfer === 'post') return 'spent'
  if (transfer === 'void') return 'returned'
  if (transfer === 'grant') return purse === 'free' ? 'free' : 'purchase'
  if (side === 'credit') return 'restored'
  return fact === 'dispute' ? 'dispute' : 'refund'
}
