import { useT } from '../platform/i18n.ts'
import { Button } from '../shell/button.tsx'
import { problemText } from '../shell/problem-text.ts'
import { dismissJob } from './actions.ts'
import { useHandOver } from './hand-over.ts'
import type { Job } from './state.ts'
import { useModelName } from './use-model-name.ts'
import { useWords } from './use-words.ts'

/** A job that ended without a picture: what happened, what it cost, what to do. */
export function FailedNote({ job }: { job: Job }) {
  const t = useT()
  const handOver = useHandOver()
  const words = useWords(job.prompt)
  const model = useModelName(job.model)
  const retry = (): void => {
    dismissJob(job)
    handOver.retry(job)
  }

  return (
    <article className="note" aria-label={`${model} · ${words}`} data-failed={job.id}>
      <p>
        <b>{problemText(job.problem ?? 'interrupted')}</b>
      </p>
      <p className="results-which">
        {model} · {words}
      </p>
      <div className="note-actions">
        <Button look="link" onClick={retry}>
          {t('results.try_again')}
        </Button>
        <Button look="link" onClick={() => dismissJob(job)}>
          {t('results.dismiss')}
        </Button>
      </div>
    </article>
  )
}
