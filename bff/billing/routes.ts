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
import { readStatement } from '../ledger/statement.ts'
import { readCursor, writeCursor } from '../privacy/cursor.ts'
import { personVault } from '../privacy/person-vault.ts'
import type { Vault } from '../privacy/vault.ts'
import type { Billing } from './billing.ts'
import { checkoutPage } from './checkout-page.ts'
import { statementCsv } from './statement-csv.ts'
import type { ShowBilling } from './view.ts'

export interface BillingRouteDeps {
  billing: Billing
  show: ShowBilling
  vault: Vault
  origin: string
}

const config = { access: 'person' } as const
/** Also for people who may not start anything new: their limits and their money. */
const theirs = { ...config, standing: 'any' } as const
const defaultLimits = { lines: 50, purchases: 30 }

/** Credits and purchases for the extension. Paying itself happens on a page in a tab. */
export const billingRoutes =
  ({ billing, show, vault, origin }: BillingRouteDeps): FastifyPluginAsyncTypebox =>
  async app => {
    const { database } = billing
    const boxOf = (personId: string) => personVault(database.read, vault, personId)

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
        await database.write(trx => setLimits(trx, person.id, body))
        return show.limits(person.id)
      },
    )

    app.get(
      '/v1/credits/statement',
      { config, schema: { querystring: StatementQuery, response: { 200: Statement, 400: Problem, 401: Problem } } },
      async ({ person, query }) => {
        const box = await boxOf(person.id)
        const list = `statement ${query.kind ?? ''}`
        const limit = query.limit ?? defaultLimits.lines
        const after = query.cursor === undefined ? null : readCursor(box, list, query.cursor)
        const filter = { after, kind: query.kind, limit: limit + 1 }
        const found = await readStatement(database.read, person.id, filter)
        const lines = found.slice(0, limit)
        const last = found.length > limit ? lines.at(-1) : undefined
        return { lines, next: last ? writeCursor(box, list, last) : null }
      },
    )

    app.get(
      '/v1/credits/statement.csv',
      { config, schema: { querystring: StatementQuery } },
      async ({ person, query }, reply) =>
        reply
          .headers({
            'cache-control': 'private, no-store',
            'content-disposition': 'attachment; filename="mimicit-credits.csv"',
          })
          .type('text/csv; charset=utf-8')
          .send(statementCsv(database.read, person.id, query.kind)),
    )

    app.post(
      '/v1/purchases',
      {
        config,
        schema: { body: PurchaseRequest, response: { 201: Checkout, 401: Problem, 404: Problem, 503: Problem } },
      },
      async ({ person, body }, reply) => {
        const { purchase, url } = await billing.buy(person.id, body, row => checkoutPage(row, body.language, origin))
        return reply.code(201).send({ purchase: await show.purchase(purchase), url })
      },
    )

    app.get(
      '/v1/purchases',
      { config, schema: { querystring: PurchaseQuery, response: { 200: PurchaseList, 400: Problem, 401: Problem } } },
      async ({ person, query }) => {
        const box = await boxOf(person.id)
        const limit = query.limit ?? defaultLimits.purchases
        const after = query.cursor === undefined ? null : readCursor(box, 'purchase', query.cursor)
        const found = await show.purchases(person.id, { after, limit: limit + 1 })
        const rows = found.slice(0, limit)
        const last = found.length > limit ? rows.at(-1) : undefined
        return {
          purchases: await Promise.all(rows.map(show.purchase)),
          next: last ? writeCursor(box, 'purchase', { at: last.created_at, id: last.id }) : null,
        }
      },
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
