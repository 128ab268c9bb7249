import type { PurchaseTable } from '../db/schema.ts'
import type { Language } from '../web/language.ts'
import type { CheckoutPage } from './payment-provider.ts'
import { billingTexts } from './texts.ts'

/** What the payment page says, and where it leads back to. */
export function checkoutPage(purchase: PurchaseTable, language: Language, origin: string): CheckoutPage {
  const credits = purchase.credits.toLocaleString(language)
  return {
    language,
    product: billingTexts(language)('pack.name', { credits }),
    doneUrl: `${origin}/credits/done?purchase=${purchase.id}`,
    cancelUrl: `${origin}/credits`,
  }
}
