import type { Purchase } from '../../bff/contract/billing.ts'
import { formatTime, useT } from '../platform/i18n/i18n.ts'
import { oneOf } from '../platform/shape.ts'
import { Button } from '../ui/button.tsx'
import { Section } from '../ui/section.tsx'
import { formatMoney } from './money.ts'
import { checkPurchase, stopWatching, useCredits, useWatched } from './store.ts'
import { Trouble } from './trouble.tsx'
import { useTask } from './use-task.ts'
import { openPurchasePage } from './web-pages.ts'

const usePack = ({ credits, currency, amountMinor }: Purchase) =>
  `${useT()('credits.count', { count: credits })} · ${formatMoney(currency, amountMinor)}`

/** A payment that is waited for: in the tab that opened, or at a convenience store. */
function Awaited({ purchase }: { purchase: Purchase }) {
  const t = useT()
  const pack = usePack(purchase)
  const { isRunning, problem, run } = useTask()
  return (
    <li className="note" data-purchase={purchase.id} data-state={purchase.state}>
      <p>
        <b>{pack}</b>
        <br />
        {t(purchase.state === 'pending' ? 'credits.awaited.pending' : 'credits.awaited.open')}
      </p>
      <div className="note-actions">
        <Button look="link" aria-disabled={isRunning} onClick={() => void run(() => checkPurchase(purchase.id))}>
          {t('credits.awaited.check')}
        </Button>
        {purchase.state === 'pending' ? (
          <Button look="link" onClick={() => openPurchasePage(purchase.id)}>
            {t('credits.purchase.details')}
          </Button>
        ) : (
          <Button look="link" onClick={() => stopWatching(purchase.id)}>
            {t('credits.awaited.dismiss')}
          </Button>
        )}
      </div>
      <Trouble problem={problem} />
    </li>
  )
}

/** Those that came to something; an order that was never paid is not worth a line. */
const settled = ['paid', 'failed', 'refunded', 'part_refunded', 'disputed'] as const
type SettledPurchase = Purchase & { state: (typeof settled)[number] }
const isSettled = (purchase: Purchase): purchase is SettledPurchase => oneOf(settled, purchase.state) !== undefined

function Settled({ purchase }: { purchase: SettledPurchase }) {
  const t = useT()
  const pack = usePack(purchase)
  const { id, state, createdAt, refundableUntil } = purchase
  const what = t(refundableUntil === null ? 'credits.purchase.details' : 'credits.purchase.refund')
  return (
    <li data-purchase={id} data-state={state}>
      <p>
        {pack}
        <br />
        <span className="credits-small">
          {formatTime(createdAt)} · {t(`credits.state.${state}`)}
        </span>
      </p>
      <Button look="link" aria-label={t('credits.purchase.named', { what, pack })} onClick={() => openPurchasePage(id)}>
        {what}
      </Button>
    </li>
  )
}

/** Payments under way, and what was bought; receipts and refunds are on the web page. */
export function PurchasesPart() {
  const t = useT()
  const purchases = useCredits(credits => credits.purchases)
  const watched = useWatched()
  const awaited = purchases.filter(({ id, state }) => state === 'pending' || (state === 'open' && watched.includes(id)))
  const bought = purchases.filter(isSettled)
  if (awaited.length + bought.length === 0) return null
  return (
    <Section title={t('credits.purchases')}>
      <ul className="credits-rows" aria-live="polite">
        {awaited.map(purchase => (
          <Awaited key={purchase.id} purchase={purchase} />
        ))}
        {bought.map(purchase => (
          <Settled key={purchase.id} purchase={purchase} />
        ))}
      </ul>
    </Section>
  )
}
