import { randomBytes } from 'node:crypto'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { CurrencyCode } from '../../contract/billing.ts'
import { closed, Id } from '../../contract/common.ts'
import { type SpendingLimits, StatementKind } from '../../contract/credits.ts'
import { type ProblemCode, ProblemError, problems } from '../../contract/problems.ts'
import type { WebSignedIn } from '../../http/access.ts'
import { setLimits } from '../../ledger/limits.ts'
import { readStatement } from '../../ledger/statement.ts'
import { readCursor, writeCursor } from '../../privacy/cursor.ts'
import { personVault } from '../../privacy/person-vault.ts'
import type { Vault } from '../../privacy/vault.ts'
import { type Language, languageOf } from '../../web/language.ts'
import { messagePage, signInPath } from '../../web/message.ts'
import { sendPage } from '../../web/page.ts'
import { registerPageScope } from '../../web/scope.ts'
import type { Billing } from '../billing.ts'
import { checkoutPage } from '../checkout-page.ts'
import type { Operator } from '../operator.ts'
import { statementCsv } from '../statement-csv.ts'
import { billingTexts } from '../texts.ts'
import type { ShowBilling } from '../view.ts'
import { creditsPage } from './credits-page.ts'
import { commercePage, prepaidPage } from './legal-pages.ts'
import { creditsUpdated, payingPage, purchasePage, wasPaid } from './purchase-page.ts'
import { statementPage } from './statement-page.ts'

export interface BillingPagesDeps {
  billing: Billing
  show: ShowBilling
  vault: Vault
  operator: Operator
  origin: string
  /** Those that are told when credits have moved. */
  extensionIds: readonly string[]
  /** Why this person may not start anything new; null when they may. */
  refusal(personId: string): Promise<ProblemCode | null>
  forms: {
    /** Proof that a form came from a page of this session. */
    token(sessionId: string): string
    check(request: FastifyRequest, token: string): WebSignedIn
  }
}

const form_token = Type.String()
const BuyForm = closed({ form_token, pack: Type.String({ maxLength: 8 }), currency: CurrencyCode })
const LimitText = Type.String({ maxLength: 20 })
const LimitsForm = closed({ form_token, per_day: LimitText, per_month: LimitText, ask_above: LimitText })
const PurchaseForm = closed({ form_token, purchase: Id })
const PurchaseQuery = closed({ purchase: Id })
const StatementQuery = closed({
  kind: Type.Optional(StatementKind),
  cursor: Type.Optional(Type.String({ maxLength: 200 })),
})

const linesPerPage = 50
const purchasesShown = 20
const explained = ['pack_unknown', 'not_refundable', 'payments_unavailable'] as const satisfies ProblemCode[]
type Explained = (typeof explained)[number]

/** Credits & billing for browsers, and the pages the law asks for. Needs @fastify/cookie registered before. */
export const billingPages =
  ({
    billing,
    show,
    vault,
    operator,
    origin,
    extensionIds,
    refusal,
    forms,
  }: BillingPagesDeps): FastifyPluginAsyncTypebox =>
  async app => {
    const { database, packs } = billing
    const config = { access: 'web' } as const
    await registerPageScope(app, { origin })

    /** Signed in, or on the way there and back here. */
    const sessionOf = (request: FastifyRequest, reply: FastifyReply): WebSignedIn | null => {
      if (!request.webPerson) reply.redirect(signInPath(request.url), 303)
      return request.webPerson
    }
    const explain = (request: FastifyRequest, reply: FastifyReply, what: Explained | 'limits', status: number) =>
      sendPage(
        request,
        reply,
        (_, language) => {
          const b = billingTexts(language)
          const action = { label: b('purchase.other'), href: '/credits' }
          return messagePage({ title: b(`problem.${what}`), text: b(`problem.${what}.text`), action })
        },
        { status },
      )
    /** A refusal of billing is a page of its own; everything else goes on to the pages' error handler. */
    const explaining = async (request: FastifyRequest, reply: FastifyReply, work: () => Promise<unknown>) => {
      try {
        return await work()
      } catch (error) {
        const code = error instanceof ProblemError ? explained.find(code => code === error.code) : undefined
        if (!code) throw error
        return explain(request, reply, code, problems[code].status)
      }
    }
    const backTo = (reply: FastifyReply, purchase: string) => reply.redirect(`/credits/done?purchase=${purchase}`, 303)

    app.get('/credits', { config, schema: { hide: true } }, async (request, reply) => {
      const session = sessionOf(request, reply)
      if (!session) return reply
      const overview = await show.overview(session.id)
      const rows = await show.purchases(session.id, { after: null, limit: purchasesShown })
      const purchases = await Promise.all(rows.map(show.purchase))
      const view = { overview, purchases, formToken: forms.token(session.sessionId) }
      return sendPage(request, reply, (_, language) => creditsPage(language, view))
    })

    app.post('/credits/buy', { config, schema: { hide: true, body: BuyForm } }, (request, reply) =>
      explaining(request, reply, async () => {
        const { form_token, ...wanted } = request.body
        const { id } = forms.check(request, form_token)
        // Why not, and what can be done about it, stands there.
        if (await refusal(id)) return reply.redirect('/account', 303)
        const language = languageOf(request)
        const { url } = await billing.buy(id, wanted, row => checkoutPage(row, language, origin))
        reply.header('refresh', `0; url=${url}`)
        return sendPage(request, reply, () => payingPage(language, url))
      }),
    )

    app.post('/credits/limits', { config, schema: { hide: true, body: LimitsForm } }, async (request, reply) => {
      const { form_token, ...texts } = request.body
      const { id } = forms.check(request, form_token)
      const limits = readLimits(texts)
      if (!limits) return explain(request, reply, 'limits', 400)
      await database.write(trx => setLimits(trx, id, limits))
      return reply.redirect('/credits', 303)
    })

    app.get('/credits/done', { config, schema: { hide: true, querystring: PurchaseQuery } }, async (request, reply) => {
      const session = sessionOf(request, reply)
      if (!session) return reply
      const row = await billing.purchase(session.id, request.query.purchase).catch(() => null)
      if (!row)
        return sendPage(
          request,
          reply,
          (_, language) => {
            const b = billingTexts(language)
            const action = { label: b('purchase.other'), href: '/credits' }
            return messagePage({ title: b('purchase.unknown'), text: b('purchase.unknown.text'), action })
          },
          { status: 404 },
        )
      const purchase = await show.purchase(row)
      const formToken = forms.token(session.sessionId)
      const nonce = randomBytes(16).toString('base64')
      const tell = wasPaid(purchase) && creditsUpdated(nonce, extensionIds)
      const build = (_: unknown, language: Language) => purchasePage(language, { purchase, formToken, tell })
      return sendPage(request, reply, build, tell ? { nonce } : {})
    })

    app.post('/credits/check', { config, schema: { hide: true, body: PurchaseForm } }, (request, reply) =>
      explaining(request, reply, async () => {
        const { id } = forms.check(request, request.body.form_token)
        await billing.refresh(id, request.body.purchase)
        return backTo(reply, request.body.purchase)
      }),
    )

    app.post('/credits/refund', { config, schema: { hide: true, body: PurchaseForm } }, (request, reply) =>
      explaining(request, reply, async () => {
        const { id } = forms.check(request, request.body.form_token)
        await billing.refund(id, request.body.purchase)
        return backTo(reply, request.body.purchase)
      }),
    )

    app.get('/credits/receipt', { config, schema: { hide: true, querystring: PurchaseQuery } }, (request, reply) =>
      explaining(request, reply, async () => {
        const session = sessionOf(request, reply)
        if (!session) return reply
        const url = await billing.receipt(session.id, request.query.purchase)
        if (url) return reply.redirect(url, 303)
        return sendPage(request, reply, (_, language) => {
          const b = billingTexts(language)
          const action = { label: b('purchase.other'), href: '/credits' }
          return messagePage({ title: b('purchase.receipt.none'), text: b('purchase.receipt.none.text'), action })
        })
      }),
    )

    app.get(
      '/credits/statement',
      { config, schema: { hide: true, querystring: StatementQuery } },
      async (request, reply) => {
        const session = sessionOf(request, reply)
        if (!session) return reply
        const { kind, cursor } = request.query
        const box = await personVault(database.read, vault, session.id)
        const list = `statement ${kind ?? ''}`
        const after = cursor === undefined ? null : readCursor(box, list, cursor)
        const found = await readStatement(database.read, session.id, { after, kind, limit: linesPerPage + 1 })
        const lines = found.slice(0, linesPerPage)
        const last = found.length > linesPerPage ? lines.at(-1) : undefined
        const view = { lines, kind, next: last ? writeCursor(box, list, last) : null }
        return sendPage(request, reply, (_, language) => statementPage(language, view))
      },
    )

    app.get(
      '/credits/statement.csv',
      { config, schema: { hide: true, querystring: StatementQuery } },
      async (request, reply) => {
        const session = sessionOf(request, reply)
        if (!session) return reply
        return reply
          .headers({
            'cache-control': 'private, no-store',
            'content-disposition': 'attachment; filename="mimicit-credits.csv"',
          })
          .type('text/csv; charset=utf-8')
          .send(statementCsv(database.read, session.id, request.query.kind))
      },
    )

    for (const [path, page] of [
      ['/legal/commerce', commercePage],
      ['/legal/prepaid', prepaidPage],
    ] as const)
      app.get(path, { config: { access: 'public' }, schema: { hide: true } }, async (request, reply) =>
        sendPage(request, reply, (_, language) => page(language, { operator, packs })),
      )
  }

/** Null when one of them is neither empty nor a number of credits. */
function readLimits(texts: { per_day: string; per_month: string; ask_above: string }): SpendingLimits | null {
  const numbers = [texts.per_day, texts.per_month, texts.ask_above].map(text => {
    const plain = text.trim()
    if (plain === '') return null
    const value = /^\d{1,7}$/.test(plain) ? Number(plain) : Number.NaN
    return value <= 1_000_000 ? value : Number.NaN
  })
  if (numbers.some(Number.isNaN)) return null
  const [perDay = null, perMonth = null, askAbove = null] = numbers
  return { perDay, perMonth, askAbove }
}
