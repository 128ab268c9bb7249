import './credits.css'
import { useEffect } from 'react'
import { useAccount } from '../account/store.ts'
import { useT } from '../platform/i18n/i18n.ts'
import { Button } from '../ui/button.tsx'
import { openScreen } from '../ui/navigation.ts'
import { BalancePart } from './balance-part.tsx'
import { LimitsPart } from './limits-part.tsx'
import { PacksPart } from './packs-part.tsx'
import { PurchasesPart } from './purchases-part.tsx'
import { totalOf } from './statement.ts'
import { StatementPart } from './statement-part.tsx'
import { followCredits, refreshCredits, useCredits } from './store.ts'
import { Trouble } from './trouble.tsx'

/** What one has, how to get more, one's own limits, and where it all went. */
export function CreditsPage({ picturesLeft }: { picturesLeft: number | null }) {
  const t = useT()
  const isSignedIn = useAccount(account => account.status === 'signed-in')
  const balance = useAccount(account => account.balance)
  const billing = useCredits(credits => credits.billing)
  const problem = useCredits(credits => credits.problem)
  useEffect(() => (isSignedIn ? followCredits() : undefined), [isSignedIn])

  return (
    <div className="credits">
      <p>
        <Button look="link" onClick={() => openScreen('make')}>
          {t('credits.back')}
        </Button>
      </p>
      {isSignedIn ? null : <p>{t('credits.signed_out')}</p>}
      <Trouble problem={isSignedIn ? problem : null} onAgain={refreshCredits} />
      {isSignedIn && !(billing && balance) && !problem ? <p role="status">{t('credits.loading')}</p> : null}
      {isSignedIn && billing && balance ? (
        <>
          <BalancePart balance={balance} owed={billing.owed} picturesLeft={picturesLeft} />
          <PurchasesPart />
          <PacksPart billing={billing} />
          <LimitsPart limits={billing.limits} />
          <StatementPart total={totalOf({ balance, owed: billing.owed })} />
        </>
      ) : null}
    </div>
  )
}
