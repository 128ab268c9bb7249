import { useState } from 'react'
import { useAccount } from '../account/store.ts'
import { useT } from '../platform/i18n.ts'
import { useResults } from '../results/store.ts'
import { Button } from '../shell/button.tsx'
import { fewMore } from './low-balance.ts'
import { openCredits } from './store.ts'

/** Below this balance the person has seen the note and closed it; more credits take that back. */
let closedAt: number | null = null

/** After a result, once there is little left: how many more of its kind. Never while something is being made. */
export function LowBalanceNote() {
  const t = useT()
  const available = useAccount(({ status, balance }) => (status === 'signed-in' ? balance?.available : undefined))
  const jobs = useResults(state => state.jobs)
  const [closed, setClosed] = useState(closedAt)
  if (available === undefined) return null
  const more = fewMore(Object.values(jobs), available)
  if (more === null || (closed !== null && available <= closed)) return null

  const close = () => {
    closedAt = available
    setClosed(available)
  }
  return (
    <div className="note credits-low" role="status">
      {t('credits.low', { count: more, available: t('credits.count', { count: available }) })}
      <div className="note-actions">
        <Button look="link" onClick={() => openCredits('packs')}>
          {t('credits.add')}
        </Button>
        <Button look="link" onClick={close}>
          {t('credits.low.close')}
        </Button>
      </div>
    </div>
  )
}
