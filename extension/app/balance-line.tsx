import { useAccount } from '../account/store.ts'
import { openCredits } from '../credits/store.ts'
import { formatNumber, useT } from '../platform/i18n/i18n.ts'
import { usePicturesLeft } from '../studio/order/pictures-left.ts'
import { useScreen } from '../ui/navigation.ts'

/** What is left, as a number and in words that mean something: "214 · about 30 pictures" of what is chosen now. */
export function BalanceLine() {
  const t = useT()
  const isOpen = useScreen() === 'credits'
  const balance = useAccount(account => (account.status === 'signed-in' ? account.balance : null))
  const left = usePicturesLeft()(balance?.available ?? 0)
  if (!balance) return <span className="balance" />
  const credits = t('panel.balance.credits', { count: balance.available })
  return (
    <button
      type="button"
      className="balance"
      title={t('credits.open', { credits })}
      aria-current={isOpen ? 'page' : undefined}
      onClick={() => openCredits()}
    >
      <b>{formatNumber(balance.available)}</b>
      {left === null ? null : <span>{t('panel.balance.pictures', { count: left })}</span>}
    </button>
  )
}
