import type { Billing, Purchase } from '../../../bff/contract/billing.ts'
import type { StatementLine } from '../../../bff/contract/credits.ts'

export const purchase = (change: Partial<Purchase> = {}): Purchase => ({
  id: '019a0000-0000-7000-8000-000000000001',
  pack: 's',
  credits: 500,
  currency: 'usd',
  amountMinor: 500,
  state: 'open',
  createdAt: 1_000_000,
  paidAt: null,
  refundableUntil: null,
  ...change,
})

/** All of it free and spendable. */
export const billing = (available: number, change: Partial<Billing> = {}): Billing => ({
  balance: { available, free: available, paid: 0, held: 0 },
  owed: 0,
  limits: { perDay: null, perMonth: null, askAbove: null, usedDay: 0, usedMonth: 0 },
  packs: [],
  payments: 'test',
  ...change,
})

export const line = (n: number, credits: number, change: Partial<StatementLine> = {}): StatementLine => ({
  id: `019a0000-0000-7000-8000-${String(n).padStart(12, '0')}`,
  at: 1_000_000 + n,
  kind: credits < 0 ? 'spent' : 'free',
  account: 'free',
  credits,
  returned: 0,
  generationId: null,
  purchaseId: null,
  ...change,
})
