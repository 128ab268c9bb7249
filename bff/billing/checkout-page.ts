import type { PurchaseTable } from '../db/schema.ts'
import type { Texts } from '../web/language.ts'
import type { CheckoutPage } from './payment-provider.ts'

/** What the payment page says, and where it leads back to. */
export function checkoutPage(t: Texts, purchase: PurchaseTable, origin: string): CheckoutPage {
  return {
    language: t.language,
    product: t('pack.name', { credits: purchase.credits }),
    doneUrl: `${origin}/credits/done?purchase=${purchase.id}`,
    cancelUrl: `${origin}/credits`,
  }
}
