import { isOpen, type Job } from '../../jobs/state.ts'
import { useT } from '../../platform/i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { problemText } from '../../ui/problem-text.ts'
import { ProblemNote } from '../press/problem-note.tsx'
import { otherWords } from '../prompt/parts/parts.ts'
import { useStudio } from '../store.ts'
import { dismissOffered, replaceWithOffered } from './fill-parts.ts'
import { reading } from './reading.ts'
import { useAwaitedJob } from './reading-order.ts'
import { readingStore, useReading } from './reading-store.ts'

/** Sentences that speak of making a picture do not fit a reading. */
const endedText = (t: ReturnType<typeof useT>, { problem, problemParams }: Job) =>
  problem === 'no_picture' || problem === 'provider_failed'
    ? t('reading.nothing')
    : problemText(problem ?? 'interrupted', problemParams)

function Dismiss({ onDismiss }: { onDismiss: () => void }) {
  const t = useT()
  return (
    <Button look="link" onClick={onDismiss}>
      {t('results.dismiss')}
    </Button>
  )
}

/** The job ended without any words. */
function Ended({ job }: { job: Job }) {
  const t = useT()
  return (
    <div className="note" role="alert">
      {endedText(t, job)}
      <div className="note-actions">
        <Button look="link" onClick={() => void reading.submit()}>
          {t('studio.retry')}
        </Button>
        <Dismiss onDismiss={() => readingStore.setState({ awaited: null })} />
      </div>
    </div>
  )
}

/** Words for parts that had others already. */
function Offered() {
  const t = useT()
  const offered = useReading(state => state.offered)
  const parts = useStudio(choices => choices.parts)
  const count = offered ? otherWords(parts, offered).length : 0
  if (count === 0) return null
  return (
    <div className="note" role="status">
      {t('reading.offered', { count })}
      <div className="note-actions">
        <Button look="link" onClick={replaceWithOffered}>
          {t('reading.use_offered')}
        </Button>
        <Button look="link" onClick={dismissOffered}>
          {t('reading.keep_own')}
        </Button>
      </div>
    </div>
  )
}

/** What became of the last press, beside the button: it was refused, brought no words, or words for parts that have others. */
export function ReadingNote() {
  const job = useAwaitedJob()
  const hasFailed = job && !isOpen(job) && job.state !== 'done' && job.problem !== 'cancelled'
  return (
    <>
      <ProblemNote press={reading} steps={() => <Dismiss onDismiss={reading.dismissProblem} />} />
      {hasFailed ? <Ended job={job} /> : <Offered />}
    </>
  )
}
