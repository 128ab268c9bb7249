import type { Balance } from '../../bff/contract/credits.ts'
import { useT } from '../platform/i18n/i18n.ts'
import { Section } from '../ui/section.tsx'

interface BalancePartProps {
  balance: Balance
  owed: number
  /** How many pictures like the ones that lie ready now these credits are enough for; null where they cost nothing. */
  picturesLeft: number | null
}

/** What can be spent, what it is made of, and what it is enough for. */
export function BalancePart({ balance, owed, picturesLeft: left }: BalancePartProps) {
  const t = useT()
  const rows = [
    { name: t('credits.free'), count: balance.free },
    { name: t('credits.paid'), count: balance.paid },
    ...(balance.held > 0 ? [{ name: t('credits.held'), count: balance.held }] : []),
    ...(owed > 0 ? [{ name: t('credits.owed'), count: owed }] : []),
  ]
  return (
    <Section title={t('credits.balance')}>
      <div className="credits-sheet">
        <p className="credits-sum">
          <b>{t('credits.count', { count: balance.available })}</b>
          {left === null ? null : <span>{t('credits.pictures', { count: left })}</span>}
        </p>
        <dl>
          {rows.map(({ name, count }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{t('credits.count', { count })}</dd>
            </div>
          ))}
        </dl>
        <p className="credits-small">{t(owed > 0 ? 'credits.owed_text' : 'credits.order')}</p>
      </div>
    </Section>
  )
}
