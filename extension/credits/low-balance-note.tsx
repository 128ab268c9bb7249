import { useAccount } from '../account/store.ts'
import { useResults } from '../jobs/jobs.ts'
import { useT } from '../platform/i18n/i18n.ts'
import { Button } from '../ui/button.tsx'
import { fewMore } from './low-balance.ts'
import { closeLowBalance, openCredits, useLowBalanceClosed } from './store.ts'

/** After a result, once there is little left: how many more of its kind. Never while something is being made. */
export function LowBalanceNote() {
  const t = useT()
  const available = useAccount(({ status, balance }) => (status === 'signed-in' ? balance?.available : undefined))
  const jobs = useResults(state => state.jobs)
  const closedAt = useLowBalanceClosed()
  if (available === undefined) return null
  const more = fewMore(Object.values(jobs), available)
  if (more === null || (closedAt !== null && available <= closedAt)) return null

  return (
    <div className="note credits-low" role="status">
      {t('credits.low', { count: more, available: t('credits.count', { count: available }) })}
      <div className="note-actions">
        <Button look="link" onClick={() => openCredits('packs')}>
          {t('credits.add')}
        </Button>
        <Button look="link" onClick={() => closeLowBalance(available)}>
          {t('credits.low.close')}
        </Button>
      </div>
    </div>
  )
}
