import { currencies } from '../../contract/values.ts'
import { type Html, html } from '../../web/html.ts'
import type { Language } from '../../web/language.ts'
import type { Page } from '../../web/layout.ts'
import type { Operator } from '../operator.ts'
import type { Packs } from '../packs.ts'
import { type BillingTexts, billingTexts, day, money, number } from '../texts.ts'

interface Facts {
  operator: Operator
  packs: Packs
}

type Row = [term: string, text: string | Html]

const page = (
  b: BillingTexts,
  language: Language,
  path: string,
  title: string,
  { operator }: Facts,
  rows: Row[],
): Page => ({
  title: `${title} · Mimicit`,
  here: path,
  main: html`<h1>${title}</h1>
      ${operator.isSample && html`<p class="note">${b('legal.sample')}</p>`}
      <dl class="terms">${rows.map(([term, text]) => html`<dt>${term}</dt><dd>${text}</dd>`)}</dl>
      <p class="small">${b('legal.updated', { day: day(language, Date.parse(operator.updated)) })}</p>`,
})

const contactOf = (b: BillingTexts, language: Language, { operator }: Facts): Row[] => [
  [b('legal.representative'), operator.representative[language]],
  [b('legal.address'), operator.address[language]],
  [b('legal.phone'), operator.phone],
  [b('legal.email'), operator.email],
]

/** 特定商取引法に基づく表記 */
export function commercePage(language: Language, facts: Facts): Page {
  const b = billingTexts(language)
  const prices = facts.packs.all().map(({ credits, price }) => {
    const both = currencies.map(currency => money(language, currency, price[currency])).join(' / ')
    return html`${b('credits', { count: number(language, credits) })}: ${both}<br>`
  })
  return page(b, language, '/legal/commerce', b('commerce.title'), facts, [
    [b('legal.seller'), facts.operator.seller[language]],
    ...contactOf(b, language, facts),
    [b('legal.prices'), html`${prices}`],
    [b('legal.costs'), b('legal.costs.text')],
    [b('legal.methods'), b('legal.methods.text')],
    [b('legal.time'), b('legal.time.text')],
    [b('legal.delivery'), b('legal.delivery.text')],
    [b('legal.refunds'), b('legal.refunds.text')],
    [b('legal.requires'), b('legal.requires.text')],
  ])
}

/** 資金決済法に基づく表示 */
export function prepaidPage(language: Language, facts: Facts): Page {
  const b = billingTexts(language)
  const largest = Math.max(...facts.packs.all().map(({ credits }) => credits))
  const { operator } = facts
  return page(b, language, '/legal/prepaid', b('prepaid.title'), facts, [
    [b('legal.issuer'), operator.seller[language]],
    [b('legal.limit'), b('legal.limit.text', { credits: number(language, largest) })],
    [b('legal.validity'), b('legal.validity.text')],
    [b('legal.use'), b('legal.use.text')],
    [b('legal.balance'), b('legal.balance.text')],
    [b('legal.refunds'), b('legal.refunds.text')],
    [b('legal.protection'), b('legal.protection.text')],
    [b('legal.lost'), b('legal.lost.text')],
    [
      b('legal.contact'),
      html`${operator.seller[language]}<br>${operator.address[language]}<br>${operator.phone}<br>${operator.email}`,
    ],
  ])
}
