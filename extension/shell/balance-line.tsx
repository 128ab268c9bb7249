import { useAccount } from '../account/store.ts'
import { formatNumber, useT } from '../platform/i18n.ts'
import { useDesk } from '../studio/submit/desk.ts'

/** What is left, as a number and in words that mean something: "214 · about 30 pictures" of what is chosen now. */
export function BalanceLine() {
  const t = useT()
  const balance = useAccount(account => (account.status === 'signed-in' ? account.balance : null))
  const { price, asked } = useDesk()
  const count = asked?.options.count ?? 1
  if (!balance) return <span className="balance" />
  return (
    <span className="balance">
      <b title={t('shell.balance.credits', { count: balance.available })}>{formatNumber(balance.available)}</b>
      {price > 0 && (
        <span>{t('shell.balance.pictures', { count: Math.floor((balance.available * count) / price) })}</span>
      )}
    </span>
  )
}
