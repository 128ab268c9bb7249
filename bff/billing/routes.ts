import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  Billing as BillingSchema,
  Checkout,
  Purchase,
  PurchaseList,
  PurchaseQuery,
  PurchaseRequest,
  Receipt,
} from '../contract/billing.ts'
import { IdParams, Problem } from '../contract/common.ts'
import { LimitsNow, SpendingLimits, Statement, StatementQuery } from '../contract/credits.ts'
import { setLimits } from '../ledger/limits.ts'
import { textsOf } from '../web/language.ts'
import type { Billing } from './billing.ts'
import { checkoutPage } from './checkout-page.ts'
import { sendStatementCsv } from './statement-csv.ts'
import type { ShowBilling } from './view.ts'

export interface BillingRouteDeps {
  billing: Billing
  show: ShowBilling
  origin: string
}

const config = { access: 'person' } as const
/** Also for people who may not start anything new: their limits and their money. */
const theirs = { ...config, standing: 'any' } as const
const defaultLimits = { lines: 50, purchases: 30 }

/** Credits and purchases for the extension. Paying itself happens on a page in a tab. */
export const billingRoutes =
  ({ billing, show, origin }: BillingRouteDeps): FastifyPluginAsyncTypebox =>
  async app => {
    app.get('/v1/billing', { config, schema: { response: { 200: BillingSchema, 401: Problem } } }, ({ person }) =>
      show.overview(person.id),
    )

    app.get('/v1/credits/limits', { config, schema: { response: { 200: LimitsNow, 401: Problem } } }, ({ person }) =>
      show.limits(person.id),
    )

    app.put(
      '/v1/credits/limits',
      { config: theirs, schema: { body: SpendingLimits, response: { 200: LimitsNow, 401: Problem } } },
      async ({ person, body }) => {
        await billing.database.write(trx => setLimits(trx, person.id, body))
        return show.limits(person.id)
      },
    )

    app.get(
      '/v1/credits/statement',
      { config, schema: { querystring: StatementQuery, response: { 200: Statement, 400: Problem, 401: Problem } } },
      ({ person, query }) => show.statement(person.id, { ...query, limit: query.limit ?? defaultLimits.lines }),
    )

    app.get(
      '/v1/credits/statement.csv',
      { config, schema: { querystring: StatementQuery } },
      async ({ person, query }, reply) => sendStatementCsv(reply, billing.database.read, person.id, query.kind),
    )

    app.post(
      '/v1/purchases',
      {
        config,
        schema: { body: PurchaseRequest, response: { 201: Checkout, 401: Problem, 404: Problem, 503: Problem } },
      },
      async ({ person, body }, reply) => {
        const { purchase, url } = await billing.buy(person.id, body, row =>
          checkoutPage(textsOf(body.language), row, origin),
        )
        return reply.code(201).send({ purchase: await show.purchase(purchase), url })
      },
    )

    app.get(
      '/v1/purchases',
      { config, schema: { querystring: PurchaseQuery, response: { 200: PurchaseList, 400: Problem, 401: Problem } } },
      ({ person, query }) => show.purchases(person.id, { ...query, limit: query.limit ?? defaultLimits.purchases }),
    )

    const answers = { 200: Purchase, 401: Problem, 404: Problem }
    app.get(
      '/v1/purchases/:id',
      { config, schema: { params: IdParams, response: answers } },
      async ({ person, params }) => show.purchase(await billing.purchase(person.id, params.id)),
    )
    app.post(
      '/v1/purchases/:id/refresh',
      { config: theirs, schema: { params: IdParams, response: { ...answers, 503: Problem } } },
      async ({ person, params }) => show.purchase(await billing.refresh(person.id, params.id)),
    )
    app.post(
      '/v1/purchases/:id/refund',
      { config: theirs, schema: { params: IdParams, response: { ...answers, 409: Problem, 503: Problem } } },
      async ({ person, params }) => show.purchase(await billing.refund(person.id, params.id)),
    )
    app.get(
      '/v1/purchases/:id/receipt',
      { config, schema: { params: IdParams, response: { 200: Receipt, 401: Problem, 404: Problem, 503: Problem } } },
      async ({ person, params }) => ({ url: await billing.receipt(person.id, params.id) }),
    )
  }
