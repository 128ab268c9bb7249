import { useAccount } from '../account/store.ts'
import { useResults } from '../jobs/jobs.ts'
import { isOpen, type Job } from '../jobs/state.ts'
import { useT } from '../platform/i18n/i18n.ts'
import { Button } from '../ui/button.tsx'
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

/** Fewer than this many more of the usual kind are worth a word. */
const fewLeft = 10

/** How many more like the last one the credits are enough for, once that is little; null while there is nothing to say. */
export function fewMore(jobs: readonly Job[], available: number): number | null {
  if (jobs.some(isOpen)) return null
  const last = jobs
    .filter(({ charged, endedAt }) => charged !== null && charged > 0 && endedAt !== null)
    .toSorted((a, b) => (b.endedAt ?? 0) - (a.endedAt ?? 0))
    .find(({ kind }) => kind !== 'reading')
  if (!last?.charged) return null
  const more = Math.floor(available / last.charged)
  return more < fewLeft ? more : null
}
