import { startSignIn } from '../../account/store.ts'
import { openAccountPage, openConsentPage } from '../../account/web-pages.ts'
import { MoneySteps } from '../../credits/money-steps.tsx'
import type { ApiProblem, ApiProblemCode } from '../../platform/api/problem.ts'
import { useT } from '../../platform/i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { problemText } from '../../ui/problem-text.ts'
import { useAlternative, useSuccessor } from '../models/use-alternative.ts'
import { CheaperModel, UseModel } from '../models/use-model.tsx'
import { useDesk } from '../order/order.ts'
import { useCurrentModel } from '../store.ts'
import { type Place, placeOf } from './place.ts'
import { confirmPrice, pressGenerate, useSubmission } from './submission.ts'

/** Problems that pass by themselves: the same press may simply be tried again. */
const passing: readonly ApiProblemCode[] = [
  'offline',
  'unreachable',
  'bad_answer',
  'request_timeout',
  'unavailable',
  'internal',
  'storage_full',
  'provider_resting',
]

/** Problems that another model does not have. */
const ofThisModel: readonly ApiProblemCode[] = ['model_unknown', 'model_retired', 'model_needs_key', 'provider_resting']

const elsewhere: Partial<
  Record<ApiProblemCode, { label: 'studio.sign_in_again' | 'account.consent.open' | 'account.page'; go: () => unknown }>
> = {
  signed_out: { label: 'studio.sign_in_again', go: startSignIn },
  consent_needed: { label: 'account.consent.open', go: openConsentPage },
  account_paused: { label: 'account.page', go: openAccountPage },
}

/** The way out of a problem, where there is one beside changing what was asked. */
function NextSteps({ problem: { code, params } }: { problem: ApiProblem }) {
  const t = useT()
  const model = useCurrentModel()
  const successor = useSuccessor(model?.id, typeof params.successor === 'string' ? params.successor : undefined)
  const other = useAlternative(model?.id)
  const way = elsewhere[code]
  return (
    <>
      {ofThisModel.includes(code) ? <UseModel other={successor ?? other} /> : null}
      {code === 'insufficient_credits' ? <CheaperModel have={Number(params.have)} /> : null}
      <MoneySteps code={code} onConfirm={confirmPrice} />
      {way ? (
        <Button look="link" onClick={() => void way.go()}>
          {t(way.label)}
        </Button>
      ) : null}
      {passing.includes(code) ? (
        <Button look="link" onClick={pressGenerate}>
          {t('studio.retry')}
        </Button>
      ) : null}
    </>
  )
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
          <div className="note-actions">
            <NextSteps problem={shown} />
          </div>
        </div>
      ) : null}
    </div>
  )
}
