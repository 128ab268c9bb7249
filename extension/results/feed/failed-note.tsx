import { useModelName } from '../../catalogue/use-model-name.ts'
import { dismissJob } from '../../jobs/actions.ts'
import type { Job } from '../../jobs/state.ts'
import type { ApiProblemCode } from '../../platform/api/problem.ts'
import { type Language, useLanguage, useLocalText, useT } from '../../platform/i18n/i18n.ts'
import { useAlternative, useSuccessor } from '../../studio/models/alternative.ts'
import type { Priced } from '../../studio/models/priced.ts'
import { Button } from '../../ui/button.tsx'
import { problemText } from '../../ui/problem-text.ts'
import { useWords } from '../../ui/use-words.ts'
import { retry, reword, tryModel } from '../result-actions.ts'

/** What happened, and what is to be said of it besides. */
const firstSentence = (text: string, language: Language) => {
  const [first] = new Intl.Segmenter(language, { granularity: 'sentence' }).segment(text)
  const end = first?.segment.length ?? text.length
  return [text.slice(0, end), text.slice(end)] as const
}

/** Another model for this job, named with its price; the press is left to the person where the draft has changed. */
function TryModel({ job, other }: { job: Job; other: Priced | undefined }) {
  const t = useT()
  const localText = useLocalText()
  if (!other) return null
  const { model, price } = other
  return (
    <Button look="link" onClick={() => tryModel(job, model.id)}>
      {t('results.try_model', { model: localText(model.name), price })}
    </Button>
  )
}

function NextStep({ step, job }: { step: Step; job: Job }) {
  const t = useT()
  const named = job.problemParams.successor
  const successor = useSuccessor(job.model, typeof named === 'string' ? named : undefined)
  const other = useAlternative(job.model)
  if (step === 'other') return <TryModel job={job} other={other} />
  if (step === 'successor') return <TryModel job={job} other={successor ?? other} />
  return (
    <Button look="link" onClick={() => (step === 'reword' ? reword(job) : retry(job))}>
      {t(step === 'reword' ? 'results.reword' : 'results.try_again')}
    </Button>
  )
}

/** A job that ended without a picture: what happened, what it cost, what to do. All it was made from is still there. */
export function FailedNote({ job }: { job: Job }) {
  const t = useT()
  const words = useWords(job.prompt)
  const model = useModelName(job.model)
  const problem = job.problem ?? 'interrupted'
  const [happened, rest] = firstSentence(problemText(problem, job.problemParams), useLanguage())

  return (
    <article className="note" aria-label={`${model} · ${words}`} data-failed={job.id}>
      <p>
        <b>{happened}</b>
        {rest}
      </p>
      <p className="results-which">
        {model} · {words}
      </p>
      <div className="note-actions">
        {stepsFor(problem).map(step => (
          <NextStep key={step} step={step} job={job} />
        ))}
        <Button look="link" onClick={() => dismissJob(job)}>
          {t('results.dismiss')}
        </Button>
      </div>
    </article>
  )
}

/**
 * What can be done about a job without a result. reword: change the words · again: the same once more · other: another
 * model · successor: the one that follows a switched-off model.
 */
type Step = 'reword' | 'again' | 'other' | 'successor'

const steps: Partial<Record<ApiProblemCode, readonly Step[]>> = {
  blocked: ['reword', 'other'],
  rejected_input: ['reword', 'other'],
  no_picture: ['reword', 'again', 'other'],
  provider_failed: ['again', 'other'],
  provider_busy: ['again', 'other'],
  provider_resting: ['other', 'again'],
  provider_unavailable: ['other'],
  timed_out: ['again', 'other'],
  model_retired: ['successor'],
  model_unknown: ['other'],
  model_needs_key: ['other'],
}

/** The best step first; whatever else happened is simply tried again. */
export const stepsFor = (problem: ApiProblemCode): readonly Step[] => steps[problem] ?? ['again']
