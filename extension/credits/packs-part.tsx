import { useEffect, useRef, useState } from 'react'
import type { Billing, PackOffer } from '../../bff/contract/billing.ts'
import { type Currency, currencies } from '../../bff/contract/values.ts'
import { useLanguage, useT } from '../platform/i18n/i18n.ts'
import { Segmented } from '../ui/choice.tsx'
import { Section } from '../ui/section.tsx'
import { formatMoney, formatUnitPrice } from './money.ts'
import { buy, forgetAim, useAim } from './store.ts'
import { Trouble } from './trouble.tsx'
import { useTask } from './use-task.ts'
import { legalPages } from './web-pages.ts'

interface PackProps {
  pack: PackOffer
  currency: Currency
  isBusy: boolean
  onBuy: () => unknown
}

function Pack({ pack: { credits, suggested, price }, currency, isBusy, onBuy }: PackProps) {
  const t = useT()
  return (
    <li>
      <button type="button" aria-disabled={isBusy} onClick={() => void onBuy()}>
        <span>
          <b>{t('credits.count', { count: credits })}</b>
          {suggested ? <em>{t('credits.suggested')}</em> : null}
        </span>
        <span>
          <b>{formatMoney(currency, price[currency])}</b>
          <small>{t('credits.each', { price: formatUnitPrice(currency, price[currency], credits) })}</small>
        </span>
      </button>
    </li>
  )
}

/** The packs in one currency; a press opens the page on which one pays. */
export function PacksPart({ billing: { packs, payments } }: { billing: Pick<Billing, 'packs' | 'payments'> }) {
  const t = useT()
  // What people of this language usually pay with, until they choose.
  const usual: Currency = useLanguage() === 'ja' ? 'jpy' : 'usd'
  const [chosen, setChosen] = useState<Currency | null>(null)
  const { isRunning, problem, run } = useTask()
  const list = useRef<HTMLUListElement>(null)
  const isAimedAt = useAim() === 'packs'
  useEffect(() => {
    if (!isAimedAt) return
    list.current?.querySelector('button')?.focus()
    forgetAim()
  }, [isAimedAt])
  const currency = chosen ?? usual

  if (packs.length === 0) return <p className="credits-small">{t('credits.not_sold')}</p>
  return (
    <Section
      title={t('credits.packs')}
      aside={
        <Segmented
          label={t('credits.currency')}
          options={currencies.map(value => ({ value, label: value.toUpperCase() }))}
          value={currency}
          onChange={setChosen}
        />
      }
    >
      {payments === 'test' ? <p className="note credits-test">{t('credits.test')}</p> : null}
      <ul className="credits-packs" ref={list}>
        {packs.map(pack => (
          <Pack
            key={pack.id}
            pack={pack}
            currency={currency}
            isBusy={isRunning}
            onBuy={() => run(() => buy(pack.id, currency))}
          />
        ))}
      </ul>
      <Trouble problem={problem} />
      <p className="credits-small">
        {t(payments === 'test' ? 'credits.tax' : 'credits.tax_stripe')}{' '}
        <a href={legalPages.commerce} target="_blank" rel="noreferrer">
          {t('credits.legal.commerce')}
        </a>
        {' · '}
        <a href={legalPages.prepaid} target="_blank" rel="noreferrer">
          {t('credits.legal.prepaid')}
        </a>
      </p>
    </Section>
  )
}
