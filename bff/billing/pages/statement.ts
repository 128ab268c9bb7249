import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { closed } from '../../contract/common.ts'
import { type Statement, type StatementKind, type StatementLine, StatementQuery } from '../../contract/credits.ts'
import { statementKinds } from '../../contract/values.ts'
import { html } from '../../web/html.ts'
import type { Texts } from '../../web/language.ts'
import { type Page, sendPage } from '../../web/page.ts'
import { sendStatementCsv } from '../statement-csv.ts'
import type { BillingPagesDeps } from './pages.ts'

const { kind, cursor } = StatementQuery.properties
const linesShown = 50

/** Every movement, newest first, page after page. */
export const statementPages =
  ({ billing, show }: BillingPagesDeps): FastifyPluginAsyncTypebox =>
  async app => {
    const options = {
      config: { access: 'web', signedIn: true },
      schema: { querystring: closed({ kind, cursor }) },
    } as const

    app.get('/credits/statement', options, async (request, reply) => {
      const statement = await show.statement(request.webPerson!.id, { ...request.query, limit: linesShown })
      return sendPage(request, reply, t => page(t, statement, request.query.kind))
    })

    app.get('/credits/statement.csv', options, async ({ webPerson, query }, reply) =>
      sendStatementCsv(reply, billing.database.read, webPerson!.id, query.kind),
    )
  }

const addressOf = (page: '' | '.csv', query: Record<string, string | undefined | null>): string => {
  const set = Object.entries(query).flatMap(([name, value]) => (value ? [[name, value]] : []))
  return `/credits/statement${page}${set.length > 0 ? `?${new URLSearchParams(set)}` : ''}`
}

function page(t: Texts, { lines, next }: Statement, kind: StatementKind | undefined): Page {
  const filter = (to: StatementKind | undefined) => {
    const label = to ? t(`kind.${to}`) : t('statement.all')
    return html`<li>${to === kind ? html`<b aria-current="page">${label}</b>` : html`<a href="${addressOf('', { kind: to })}">${label}</a>`}</li>`
  }
  return {
    title: t('statement.title'),
    here: addressOf('', { kind }),
    main: html`<h1>${t('statement.title')}</h1>
      <nav aria-label="${t('statement.kind')}"><ul class="filters">${filter(undefined)}${statementKinds.map(filter)}</ul></nav>
      ${lines.length === 0 ? html`<p>${t('statement.none')}</p>` : table(t, lines)}
      <p class="actions">
        ${next && html`<a class="button" href="${addressOf('', { kind, cursor: next })}">${t('statement.next')}</a>`}
        <a class="button" href="${addressOf('.csv', { kind })}">${t('statement.csv')}</a>
        <a class="button" href="/credits">${t('purchase.other')}</a></p>`,
  }
}

const table = (
  t: Texts,
  lines: readonly StatementLine[],
) => html`<div class="scroll" tabindex="0" role="region" aria-label="${t('statement.title')}"><table>
        <thead><tr><th scope="col">${t('statement.time')}</th><th scope="col">${t('statement.kind')}</th><th scope="col">${t('statement.account')}</th><th scope="col" class="number">${t('statement.credits')}</th></tr></thead>
        <tbody>${lines.map(
          line => html`
          <tr><td>${t.time(line.at)}</td><td>${t(`kind.${line.kind}`)}${line.returned > 0 && html`<br><span class="small">${t('statement.returned', { count: line.returned })}</span>`}</td><td>${t(`account.${line.account}`)}</td><td class="number">${t.number(line.credits, { signDisplay: 'exceptZero' })}</td></tr>`,
        )}
        </tbody>
      </table></div>`
