import { randomUUIDv7 } from 'node:crypto'
import { type ExpressionBuilder, type QueryResult, sql } from 'kysely'
import type { Trx } from '../db/database.ts'
import type { Schema } from '../db/schema.ts'
import { statement } from '../db/statement.ts'
import { assertLedger } from './assert.ts'

/** Ids of the system's own accounts, made by the first migration. */
export const systemAccounts = { sales: 'sales', promo: 'promo', revenue: 'revenue', forfeit: 'forfeit' } as const

/** The spendable accounts in the order they are spent. */
export const spendableKinds = ['free', 'paid'] as const

interface Account {
  id: string
  posted: number
  pending: number
  available: number
}
export interface Accounts {
  free: Account
  paid: Account
  /** Posted is 0, or below 0 after a refund took back more than was left. */
  debt: Account
  /** The person has set limits of their own. */
  isLimited: boolean
}

export async function openAccounts(trx: Trx, personId: string): Promise<void> {
  const kinds = [...spendableKinds, 'debt'] as const
  await trx
    .insertInto('account')
    .values(kinds.map(kind => ({ id: randomUUIDv7(), person_id: personId, kind, posted: 0, pending: 0 })))
    .execute()
}

const selectAccounts = statement((trx, of: { personId: string }) =>
  trx
    .selectFrom('account')
    .select(['id', 'kind', 'posted', 'pending'])
    // Beside the balances, so that a hold of somebody without limits asks nothing more.
    .select(row =>
      row
        .selectFrom('spending_limit')
        .select('person_id')
        .whereRef('person_id', '=', 'account.person_id')
        .as('limited'),
    )
    .where('person_id', '=', of.personId),
)

export async function readAccounts(trx: Trx, personId: string): Promise<Accounts> {
  const { rows } = await selectAccounts(trx, { personId })
  const find = (kind: string) => {
    const account = rows.find(row => row.kind === kind)
    assertLedger(account !== undefined, `The person has no ${kind} account.`)
    return { ...account, available: account.posted - account.pending }
  }
  const isLimited = rows.some(({ limited }) => limited !== null)
  return { free: find('free'), paid: find('paid'), debt: find('debt'), isLimited }
}

const plus = (column: 'posted' | 'pending', amount: number) => (account: ExpressionBuilder<Schema, 'account'>) =>
  account(column, '+', amount)
const minus = (column: 'posted' | 'pending', amount: number) => (account: ExpressionBuilder<Schema, 'account'>) =>
  account(column, '-', amount)

const updatePending = statement((trx, change: { id: string; amount: number }) =>
  trx
    .updateTable('account')
    .set({ pending: plus('pending', change.amount) })
    .where('id', '=', change.id)
    .where(sql<number>`posted - pending`, '>=', change.amount),
)
const updateEnded = statement((trx, change: { id: string; held: number; taken: number }) =>
  trx
    .updateTable('account')
    .set({ pending: minus('pending', change.held), posted: minus('posted', change.taken) })
    .where('id', '=', change.id)
    .where('pending', '>=', change.held),
)
const updatePosted = statement((trx, change: { id: string; amount: number }) =>
  trx
    .updateTable('account')
    .set({ posted: plus('posted', change.amount) })
    .where('id', '=', change.id),
)

const changedOne = ({ numAffectedRows }: QueryResult<unknown>) => numAffectedRows === 1n

/** Holds credits, or changes nothing and answers false when there are too few. */
export async function addPending(trx: Trx, id: string, amount: number): Promise<boolean> {
  return changedOne(await updatePending(trx, { id, amount }))
}

/** Ends a hold on an account: `held` is no longer pending, `taken` of it is gone. */
export async function endPending(trx: Trx, id: string, held: number, taken: number): Promise<void> {
  assertLedger(taken >= 0 && taken <= held, 'A hold pays between nothing and all of it.')
  assertLedger(changedOne(await updateEnded(trx, { id, held, taken })), 'The account holds less than its hold.')
}

/** Moves posted credits onto an account, or off it when `amount` is negative. */
export async function addPosted(trx: Trx, id: string, amount: number): Promise<void> {
  assertLedger(changedOne(await updatePosted(trx, { id, amount })), 'The account does not exist.')
}
