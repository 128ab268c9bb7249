import { type Static, type TSchema, Type } from 'typebox'
import { Credits, closed, Id, LanguageCode, nullable, oneOf, Time } from './common.ts'
import { Balance, LimitsNow } from './credits.ts'
import { type Currency, currencies } from './values.ts'

export const CurrencyCode = oneOf(currencies)

/** Money in the currency's smallest unit: cents, yen. Tax is part of it. */
const Amount = Type.Integer({ minimum: 1 })

/** The same for each currency. */
export const perCurrency = <T extends TSchema>(schema: T) =>
  closed(Object.fromEntries(currencies.map(currency => [currency, schema])) as Record<Currency, T>)

export const PackOffer = closed({
  id: Type.String(),
  credits: Credits,
  suggested: Type.Boolean(),
  price: perCurrency(Amount),
})
export type PackOffer = Static<typeof PackOffer>

/**
 * GET /v1/billing: all that a view of credits needs at once. `owed`: credits a refund or dispute took back after they
 * were spent; nothing can be spent until a purchase or a returned hold has paid them.
 */
export const Billing = closed({
  balance: Balance,
  owed: Credits,
  limits: LimitsNow,
  packs: Type.Array(PackOffer),
  /** `test`: no money moves, for a backend without a payment service. `none`: nothing is sold, and `packs` is empty. */
  payments: oneOf(['stripe', 'test', 'none']),
})
export type Billing = Static<typeof Billing>

/** POST /v1/purchases. */
export const PurchaseRequest = closed({
  pack: Type.String({ minLength: 1, maxLength: 8 }),
  currency: CurrencyCode,
  /** Of the payment page. */
  language: LanguageCode,
})
export type PurchaseRequest = Static<typeof PurchaseRequest>

const purchaseStates = [
  'open',
  'pending',
  'paid',
  'failed',
  'expired',
  'refunded',
  'part_refunded',
  'disputed',
] as const

/**
 * open: not paid yet. pending: ordered, the money is on its way (convenience store). refunded, part_refunded, disputed:
 * what became of a paid one.
 */
export const Purchase = closed({
  id: Id,
  pack: Type.String(),
  credits: Credits,
  currency: CurrencyCode,
  amountMinor: Amount,
  state: oneOf(purchaseStates),
  createdAt: Time,
  paidAt: nullable(Time),
  /** Until when it can be refunded here, as long as none of it is used; null when it cannot be. */
  refundableUntil: nullable(Time),
})
export type Purchase = Static<typeof Purchase>

/** Where to pay. The page belongs to the payment service and is opened in a tab of its own. */
export const Checkout = closed({ purchase: Purchase, url: Type.String() })
export type Checkout = Static<typeof Checkout>

/** Newest first; `next` is the cursor of the following page. */
export const PurchaseList = closed({ purchases: Type.Array(Purchase), next: nullable(Type.String()) })
export type PurchaseList = Static<typeof PurchaseList>

export const PurchaseQuery = closed({
  cursor: Type.Optional(Type.String({ maxLength: 200 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 30 })),
})

/** The payment service's own receipt, while it has one. */
export const Receipt = closed({ url: nullable(Type.String()) })
export type Receipt = Static<typeof Receipt>
