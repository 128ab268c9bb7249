import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { ProblemCode } from '../../contract/problems.ts'
import { registerPageScope } from '../../web/scope.ts'
import type { Site } from '../../web/site.ts'
import type { Billing } from '../billing.ts'
import type { Operator } from '../operator.ts'
import type { ShowBilling } from '../view.ts'
import { creditsPages } from './credits.ts'
import { legalPages } from './legal.ts'
import { purchasePages } from './purchase.ts'
import { statementPages } from './statement.ts'

export interface BillingPagesDeps {
  billing: Billing
  show: ShowBilling
  site: Site
  operator: Operator
  /** Why this person may not start anything new; null when they may. */
  refusal(personId: string): Promise<ProblemCode | null>
}

/** Credits & billing for browsers, and the pages the law asks for. Needs @fastify/cookie registered before. */
export const billingPages =
  (deps: BillingPagesDeps): FastifyPluginAsyncTypebox =>
  async app => {
    await registerPageScope(app, deps.site)
    for (const pages of [creditsPages, purchasePages, statementPages, legalPages]) await app.register(pages(deps))
  }
