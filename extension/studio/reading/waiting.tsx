import { useState } from 'react'
import { useModelName } from '../../catalogue/use-model-name.ts'
import { stopJob } from '../../jobs/actions.ts'
import { wholeSeconds } from '../../jobs/progress.ts'
import type { Job } from '../../jobs/state.ts'
import { useT } from '../../platform/i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'

/** A reading under way: how long it usually takes, and the way to stop it. */
export function Waiting({ job }: { job: Job }) {
  const t = useT()
  const model = useModelName(job.model)
  const [isStopping, setStopping] = useState(false)
  const stop = async () => {
    setStopping(true)
    await stopJob(job)
    setStopping(false)
  }
  return (
    <div className="reading-offer">
      <p role="status">
        {job.state === 'queued' && job.ahead > 0
          ? t('results.stage_queued', { ahead: job.ahead })
          : t('reading.waiting', { model, seconds: wholeSeconds(job.usualMs) })}
      </p>
      <Button look="link" disabled={isStopping} onClick={() => void stop()}>
        {t('results.stop')}
      </Button>
    </div>
  )
}
