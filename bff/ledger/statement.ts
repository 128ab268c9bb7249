import { type RawBuilder, sql } from 'kysely'
import type { StatementKind, StatementLine } from '../contract/credits.ts'
import type { Trx } from '../db/database.ts'
import type { Place } from '../privacy/cursor.ts'
import { type Accounts, readAccounts } from './accounts.ts'

export interface StatementFilter {
  after: Place | null
  kind: StatementKind | undefined
  limit: number
}

type Kind = StatementLine['account']

interface Source {
  kinds: readonly StatementKind[]
  side: 'debit' | 'credit'
  transfer: 'post' | 'void' | 'grant' | 'correction'
  accounts: readonly Kind[]
}

/** Where lines come from. What moves between the person's own accounts is no line. */
const sources: readonly Source[] = [
  { kinds: ['spent'], side: 'debit', transfer: 'post', accounts: ['free', 'paid'] },
  { kinds: ['returned'], side: 'debit', transfer: 'void', accounts: ['free', 'paid'] },
  { kinds: ['refund', 'dispute'], side: 'debit', transfer: 'correction', accounts: ['paid', 'debt'] },
  { kinds: ['free'], side: 'credit', transfer: 'grant', accounts: ['free'] },
  { kinds: ['purchase'], side: 'credit', transfer: 'grant', accounts: ['paid', 'debt'] },
  { kinds: ['restored'], side: 'credit', transfer: 'correction', accounts: ['paid', 'debt'] },
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
  account: Kind
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
    .flatMap(source => source.accounts.map(account => part(accounts, source, account, filter)))
  const { rows } = await sql<Row>`
    select line.*, hold.amount as held, fact.kind as fact, fact.purchase_id
    from (${sql.join(parts, sql` union all `)}) line
    left join transfer hold on hold.id = line.pending_id
    left join money_event fact on fact.ref = line.event_ref
    order by line.at desc, line.id desc limit ${filter.limit}`.execute(trx)
  return rows.map(toLine)
}

function part(accounts: Accounts, { kinds, side, transfer }: Source, account: Kind, filter: StatementFilter) {
  const { after, kind, limit } = filter
  const conditions: RawBuilder<unknown>[] = [
    sql`${sql.ref(side)} = ${accounts[account].id}`,
    sql`kind = ${transfer}`,
    indexed[side],
  ]
  if (after) conditions.push(sql`(at, id) < (${after.at}, ${after.id})`)
  if (kind && kinds.length > 1) conditions.push(sql`(select kind from money_event where ref = event_ref) = ${kind}`)
  return sql`select * from (
    select id, at, kind as transfer, ${side} as side, ${account} as account, amount, job_id, pending_id, event_ref
    from transfer where ${sql.join(conditions, sql` and `)} order by at desc, id desc limit ${limit})`
}

function toLine(row: Row): StatementLine {
  return {
    id: row.id,
    at: row.at,
    kind: kindOf(row),
    account: row.account,
    credits: row.amount === 0 ? 0 : row.side === 'debit' ? -row.amount : row.amount,
    returned: row.held === null ? 0 : row.held - row.amount,
    generationId: row.job_id,
    purchaseId: row.purchase_id,
  }
}

function kindOf({ transfer, side, fact, account }: Row): StatementKind {
  if (transfer === 'post') return 'spent'
  if (transfer === 'void') return 'returned'
  if (transfer === 'grant') return account === 'free' ? 'free' : 'purchase'
  if (side === 'credit') return 'restored'
  return fact === 'dispute' ? 'dispute' : 'refund'
}
