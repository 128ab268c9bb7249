import { useEffect, useRef, useState } from 'react'
import { useModelName } from '../../catalogue/use-model-name.ts'
import { stopJob } from '../../jobs/actions.ts'
import { claimJustAdded, useResults } from '../../jobs/jobs.ts'
import { type Stage, stageMessage, stageOf, wholeSeconds } from '../../jobs/progress.ts'
import type { Job } from '../../jobs/state.ts'
import { useT } from '../../platform/i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { useNow } from '../../ui/use-now.ts'
import { useWords } from '../../ui/use-words.ts'

/** A job that waits or runs, in the shape its picture will have. */
export function JobCard({ job }: { job: Job }) {
  const t = useT()
  const words = useWords(job.prompt)
  const model = useModelName(job.model)
  const clockAhead = useResults(state => state.clockAhead ?? 0)
  const stage = stageOf(job, useNow(1_000) - clockAhead)
  const [isStopping, setStopping] = useState(false)
  const card = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (claimJustAdded(job.id)) card.current?.scrollIntoView({ block: 'nearest' })
  }, [job.id])
  const isLate = stage.name === 'drawing' && stage.isLate

  const stop = async (): Promise<void> => {
    setStopping(true)
    await stopJob(job)
    setStopping(false)
  }

  return (
    <li ref={card} className="results-card" data-job={job.id} data-stage={stage.name}>
      <div className="results-frame results-wait" style={{ aspectRatio: `${job.width} / ${job.height}` }}>
        <p>
          {t(...stageMessage(stage))}
          <span>{t(isLate ? 'results.late' : 'results.usual', { seconds: wholeSeconds(job.usualMs) })}</span>
        </p>
        <ProgressLine job={job} stage={stage} />
      </div>
      <div className="results-foot">
        <b>{model}</b>
        {job.options.count > 1 ? <span>×{job.options.count}</span> : null}
        <Button
          look="link"
          disabled={isStopping}
          aria-label={t('results.stop_named', { prompt: words })}
          onClick={() => void stop()}
        >
          {t('results.stop')}
        </Button>
      </div>
    </li>
  )
}

/** What the model reports; else the elapsed part of the usual time, which promises nothing and so never reaches the end. */
function ProgressLine({ job, stage }: { job: Job; stage: Stage }) {
  const t = useT()
  if (job.progress !== null && stage.name !== 'queued')
    return <progress className="results-progress" value={job.progress} max={1} aria-label={t('results.progress')} />
  const elapsed =
    stage.name === 'drawing' ? stage.elapsedMs / Math.max(1, job.usualMs) : stage.name === 'saving' ? 1 : 0
  return <progress className="results-progress" value={Math.min(elapsed, 0.95)} max={1} aria-hidden="true" />
}
