import { type Static, Type } from 'typebox'
import { Credits, closed, Id, nullable, oneOf, Time } from './common.ts'
import { highestLimit, statementKinds } from './values.ts'

/** What the person can spend now (holds taken off), and what is held for open jobs. */
export const Balance = closed({
  available: Credits,
  free: Credits,
  paid: Credits,
  held: Credits,
})
export type Balance = Static<typeof Balance>

/** One schema of two types, not a union: in a union the body's reader turns null into 0. */
const Limit = Type.Unsafe<number | null>({ type: ['integer', 'null'], minimum: 0, maximum: highestLimit })

/** The person's own limits in credits, each null when off. A day is the last 24 hours, a month the last 30 days. */
export const SpendingLimits = closed({ perDay: Limit, perMonth: Limit, askAbove: Limit })
export type SpendingLimits = Static<typeof SpendingLimits>

/** The limits with what counts towards them now: spent, and held for open jobs. */
export const LimitsNow = closed({ ...SpendingLimits.properties, usedDay: Credits, usedMonth: Credits })
export type LimitsNow = Static<typeof LimitsNow>

export const StatementKind = oneOf(statementKinds)
export type StatementKind = Static<typeof StatementKind>

/** One line of the ledger. All lines of an account add up to its credits; those of `debt` to what is owed. */
export const StatementLine = closed({
  id: Id,
  at: Time,
  kind: StatementKind,
  /** A job that took free and bought credits has a line for each; so has a purchase that paid a debt. */
  account: oneOf(['free', 'paid', 'debt']),
  /** Below 0 when credits left the account; 0 when they were only held and came back. */
  credits: Type.Integer(),
  /** Credits that were held for the job and not taken. */
  returned: Credits,
  generationId: nullable(Id),
  purchaseId: nullable(Id),
})
export type StatementLine = Static<typeof StatementLine>

/** Newest first; `next` is the cursor of the following page. */
export const Statement = closed({ lines: Type.Array(StatementLine), next: nullable(Type.String()) })
export type Statement = Static<typeof Statement>

export const StatementQuery = closed({
  cursor: Type.Optional(Type.String({ maxLength: 200 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
  kind: Type.Optional(StatementKind),
})
