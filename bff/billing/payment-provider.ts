import type { Language } from '../contract/values.ts'
import type { PurchaseTable } from '../db/schema.ts'
import type { CheckoutFact, Fact, ReturnFact } from './facts.ts'

export interface CheckoutPage {
  language: Language
  /** What the line on the payment page says. */
  product: string
  /** Where the payment page leads back to, paid or not. */
  doneUrl: string
  cancelUrl: string
}
export interface OpenCheckout {
  session: string
  paymentIntent: string | null
  url: string
}

/** A payment service. It knows purchases by their random ids and no persons. */
export interface PaymentProvider {
  readonly kind: 'stripe' | 'test' | 'none'
  /** Opens a page where the purchase can be paid; asked again for the same purchase, the same page. */
  open(purchase: PurchaseTable, page: CheckoutPage): Promise<OpenCheckout>
  /** What it knows about a session now. */
  read(purchase: PurchaseTable): Promise<CheckoutFact>
  /** Gives all of the money back; asked again, the same refund. Throws RefundRefused when it never will. */
  refund(purchase: PurchaseTable): Promise<ReturnFact>
  receipt(purchase: PurchaseTable): Promise<string | null>
  /** Everything that happened since a time (ms), in any order. */
  since(time: number): AsyncIterable<Fact>
}

/** The payment service said no, for good. Its own words are not kept. */
export class RefundRefused extends Error {
  override name = 'RefundRefused'
}
