import { startSignIn } from '../account/store.ts'
import { openAccountPage, openConsentPage } from '../account/web-pages.ts'
import { useLocalText, useT } from '../platform/i18n.ts'
import type { ApiProblem, ApiProblemCode } from '../platform/problem.ts'
import { Button } from '../shell/button.tsx'
import { problemText } from '../shell/problem-text.ts'
import { useModels } from './models.ts'
import { setModel, useCurrentModel } from './store.ts'
import { useDesk } from './submit/desk.ts'
import { type Place, placeOf } from './submit/place.ts'
import { pressGenerate, useSubmission } from './submit/submission.ts'

/** Problems that pass by themselves: the same press may simply be tried again. */
const passing: readonly ApiProblemCode[] = [
  'offline',
  'unreachable',
  'bad_answer',
  'request_timeout',
  'unavailable',
  'internal',
  'storage_full',
]

function NextStep({ problem }: { problem: ApiProblem }) {
  const t = useT()
  const localText = useLocalText()
  const model = useCurrentModel()
  const successor = useModels(({ list }) => list?.find(other => other.id === model?.successor))
  if (problem.code === 'signed_out')
    return (
      <Button look="link" onClick={() => void startSignIn()}>
        {t('studio.sign_in_again')}
      </Button>
    )
  if (problem.code === 'consent_needed')
    return (
      <Button look="link" onClick={openConsentPage}>
        {t('account.consent.open')}
      </Button>
    )
  if (problem.code === 'account_paused')
    return (
      <Button look="link" onClick={openAccountPage}>
        {t('account.page')}
      </Button>
    )
  if (problem.code === 'model_retired' && successor)
    return (
      <Button look="link" onClick={() => setModel(successor.id)}>
        {t('studio.model.use', { model: localText(successor.name) })}
      </Button>
    )
  return passing.includes(problem.code) ? (
    <Button look="link" onClick={pressGenerate}>
      {t('studio.retry')}
    </Button>
  ) : null
}

/** Why the last press brought nothing, beside what it is about: what happened, what it cost, what to do. */
export function ProblemNote({ place }: { place: Place }) {
  const t = useT()
  const { problem } = useSubmission()
  const { price } = useDesk()
  const shown = problem && placeOf(problem.code) === place ? problem : null
  return (
    <div role="alert">
      {shown ? (
        <div className="note studio-note">
          {problemText(shown)}{' '}
          {shown.code === 'price_changed'
            ? t('studio.price_now', { price: t('studio.go.credits', { count: price }) })
            : null}
          <NextStep problem={shown} />
        </div>
      ) : null}
    </div>
  )
}
