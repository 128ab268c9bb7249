import type { StatementKind, StatementLine } from '../../contract/credits.ts'
import { statementKinds } from '../../contract/values.ts'
import { html } from '../../web/html.ts'
import type { Language } from '../../web/language.ts'
import type { Page } from '../../web/layout.ts'
import { type BillingTexts, billingTexts, number, time } from '../texts.ts'

interface View {
  lines: readonly StatementLine[]
  kind: StatementKind | undefined
  /** Cursor of the following page. */
  next: string | null
}

const addressOf = (page: '' | '.csv', query: Record<string, string | undefined | null>): string => {
  const set = Object.entries(query).flatMap(([name, value]) => (value ? [[name, value]] : []))
  return `/credits/statement${page}${set.length > 0 ? `?${new URLSearchParams(set)}` : ''}`
}

/** Every movement, newest first, page after page. */
export function statementPage(language: Language, { lines, kind, next }: View): Page {
  const b = billingTexts(language)
  const filter = (to: StatementKind | undefined) => {
    const label = to ? b(`kind.${to}`) : b('statement.all')
    return html`<li>${to === kind ? html`<b aria-current="page">${label}</b>` : html`<a href="${addressOf('', { kind: to })}">${label}</a>`}</li>`
  }
  return {
    title: `${b('statement.title')} · Mimicit`,
    here: addressOf('', { kind }),
    main: html`<h1>${b('statement.title')}</h1>
      <nav aria-label="${b('statement.kind')}"><ul class="filters">${filter(undefined)}${statementKinds.map(filter)}</ul></nav>
      ${lines.length === 0 ? html`<p>${b('statement.none')}</p>` : table(b, language, lines)}
      <p class="actions">
        ${next && html`<a class="button" href="${addressOf('', { kind, cursor: next })}">${b('statement.next')}</a>`}
        <a class="button" href="${addressOf('.csv', { kind })}">${b('statement.csv')}</a>
        <a class="button" href="/credits">${b('purchase.other')}</a></p>`,
  }
}

const table = (
  b: BillingTexts,
  language: Language,
  lines: readonly StatementLine[],
) => html`<div class="scroll" tabindex="0" role="region" aria-label="${b('statement.title')}"><table>
        <thead><tr><th scope="col">${b('statement.time')}</th><th scope="col">${b('statement.kind')}</th><th scope="col">${b('statement.purse')}</th><th scope="col" class="number">${b('statement.credits')}</th></tr></thead>
        <tbody>${lines.map(
          line => html`
          <tr><td>${time(language, line.at)}</td><td>${b(`kind.${line.kind}`)}${line.returned > 0 && html`<br><span class="small">${b('statement.returned', { count: number(language, line.returned) })}</span>`}</td><td>${b(`purse.${line.purse}`)}</td><td class="number">${signed(language, line.credits)}</td></tr>`,
        )}
        </tbody>
      </table></div>`

const signed = (language: Language, credits: number): string =>
  new Intl.NumberFormat(language, { signDisplay: 'exceptZero' }).format(credits)
