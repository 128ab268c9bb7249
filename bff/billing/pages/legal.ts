import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { currencies } from '../../contract/values.ts'
import { type Html, html } from '../../web/html.ts'
import type { Texts } from '../../web/language.ts'
import { type MessageKey, type Page, sendPage } from '../../web/page.ts'
import type { Operator } from '../operator.ts'
import type { Pack } from '../packs.ts'
import type { BillingPagesDeps } from './pages.ts'

type Row = [term: string, text: string | Html]

/** What the law asks for: 特定商取引法に基づく表記 and 資金決済法に基づく表示. */
export const legalPages =
  ({ billing, operator }: BillingPagesDeps): FastifyPluginAsyncTypebox =>
  async app => {
    const config = { access: 'public' } as const
    const packs = billing.packs.all()
    app.get('/legal/commerce', { config }, async (request, reply) =>
      sendPage(request, reply, t => page(t, 'commerce', operator, commerceRows(t, operator, packs))),
    )
    app.get('/legal/prepaid', { config }, async (request, reply) =>
      sendPage(request, reply, t => page(t, 'prepaid', operator, prepaidRows(t, operator, packs))),
    )
  }

const page = (t: Texts, name: 'commerce' | 'prepaid', operator: Operator, rows: Row[]): Page => ({
  title: t(`legal.${name}`),
  here: `/legal/${name}`,
  main: html`<h1>${t(`legal.${name}`)}</h1>
      ${operator.isSample && html`<p class="note">${t('legal.sample')}</p>`}
      <dl class="terms">${rows.map(([term, text]) => html`<dt>${term}</dt><dd>${text}</dd>`)}</dl>
      <p class="small">${t('legal.updated', { day: t.day(Date.parse(operator.updated)) })}</p>`,
})

type Explained = { [Key in MessageKey]: Key extends `legal.${infer Name}` ? Name : never }[MessageKey]
const explained = (t: Texts, ...names: Explained[]): Row[] =>
  names.map(name => [t(`legal.${name}`), t(`legal.${name}.text`)])

function commerceRows(t: Texts, operator: Operator, packs: readonly Pack[]): Row[] {
  const prices = packs.map(({ credits, price }) => {
    const each = currencies.map(currency => t.money(currency, price[currency])).join(' / ')
    return html`${t('credits', { count: credits })}: ${each}<br>`
  })
  return [
    [t('legal.seller'), operator.seller[t.language]],
    [t('legal.representative'), operator.representative[t.language]],
    [t('legal.address'), operator.address[t.language]],
    [t('legal.phone'), operator.phone],
    [t('legal.email'), operator.email],
    [t('legal.prices'), html`${prices}`],
    ...explained(t, 'costs', 'methods', 'time', 'delivery', 'refunds', 'requires'),
  ]
}

function prepaidRows(t: Texts, { seller, address, phone, email }: Operator, packs: readonly Pack[]): Row[] {
  const largest = Math.max(...packs.map(({ credits }) => credits))
  return [
    [t('legal.issuer'), seller[t.language]],
    [t('legal.limit'), t('legal.limit.text', { credits: largest })],
    ...explained(t, 'validity', 'use', 'balance', 'refunds', 'protection', 'lost'),
    [t('legal.contact'), html`${seller[t.language]}<br>${address[t.language]}<br>${phone}<br>${email}`],
  ]
}
