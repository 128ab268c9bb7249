import { MoneySteps } from '../../credits/money-steps.tsx'
import type { Job } from '../../jobs/state.ts'
import type { ApiProblemCode } from '../../platform/api/problem.ts'
import { useT } from '../../platform/i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { problemText } from '../../ui/problem-text.ts'
import { otherWords } from '../prompt/parts/parts.ts'
import { useStudio } from '../store.ts'
import { readPicture } from './read-picture.ts'
import { readingStore, useReading } from './reading-store.ts'
import { dismissOffered, takeOffered } from './take-in.ts'
import { useAwaitedJob } from './use-awaited-job.ts'

/** Sentences that speak of making a picture do not fit a reading. */
const endedText = (t: ReturnType<typeof useT>, { problem, problemParams }: Job) =>
  problem === 'no_picture' || problem === 'provider_failed'
    ? t('reading.nothing')
    : problemText(problem ?? 'interrupted', problemParams)

/** Why there are no words: the press was refused, or the job ended without any. */
function Trouble({ text, refusal }: { text: string; refusal?: ApiProblemCode }) {
  const t = useT()
  const dismiss = () => readingStore.setState({ awaited: null, problem: null })
  return (
    <div className="note" role="alert">
      {text}
      <div className="note-actions">
        {refusal ? <MoneySteps code={refusal} onConfirm={() => readPicture({ confirmed: true })} /> : null}
        {refusal === 'confirmation_needed' ? null : (
          <Button look="link" onClick={() => void readPicture()}>
            {t('studio.retry')}
          </Button>
        )}
        <Button look="link" onClick={dismiss}>
          {t('results.dismiss')}
        </Button>
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
        <Button look="link" onClick={takeOffered}>
          {t('reading.use_offered')}
        </Button>
        <Button look="link" onClick={dismissOffered}>
          {t('reading.keep_own')}
        </Button>
      </div>
    </div>
  )
}

/** What became of the last reading, beside the button that asked for it. */
export function ReadingNote() {
  const t = useT()
  const awaited = useAwaitedJob()
  const problem = useReading(state => state.problem)
  const job = awaited && !awaited.isOpen && awaited.job.state !== 'done' ? awaited.job : null
  if (problem) return <Trouble text={problemText(problem)} refusal={problem.code} />
  if (job && job.problem !== 'cancelled') return <Trouble text={endedText(t, job)} />
  return <Offered />
}
