import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import { startSignIn } from '../../account/store.ts'
import { openAccountPage, openConsentPage } from '../../account/web-pages.ts'
import { MoneySteps } from '../../credits/money-steps.tsx'
import type { ApiProblem, ApiProblemCode } from '../../platform/api/problem.ts'
import { useT } from '../../platform/i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { problemText } from '../../ui/problem-text.ts'
import type { Press } from './create-press.ts'
import { type Topic, topicOf } from './topic.ts'

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

const elsewhere: Partial<
  Record<ApiProblemCode, { label: 'studio.sign_in_again' | 'account.consent.open' | 'account.page'; go: () => unknown }>
> = {
  signed_out: { label: 'studio.sign_in_again', go: startSignIn },
  consent_needed: { label: 'account.consent.open', go: openConsentPage },
  account_paused: { label: 'account.page', go: openAccountPage },
}

/** The way out of a problem, where there is one beside changing what was ordered. */
function NextSteps({ press, code }: { press: Press; code: ApiProblemCode }) {
  const t = useT()
  const way = elsewhere[code]
  return (
    <>
      <MoneySteps code={code} onConfirm={() => press.press({ confirmed: true })} />
      {way ? (
        <Button look="link" onClick={() => void way.go()}>
          {t(way.label)}
        </Button>
      ) : null}
      {passing.includes(code) ? (
        <Button look="link" onClick={() => void press.press()}>
          {t('studio.retry')}
        </Button>
      ) : null}
    </>
  )
}

function PriceNow({ press }: { press: Press }) {
  const t = useT()
  const price = useStore(press.order, order => order?.price ?? 0)
  return t('studio.price_now', { price: t('studio.go.credits', { count: price }) })
}

interface ProblemNoteProps {
  press: Press
  /** Only a problem about this; left out: any. */
  topic?: Topic
  /** Further ways on. */
  steps: (problem: ApiProblem) => ReactNode
}

/** Why the last press brought nothing, beside what it is about: what happened, what it cost, what to do. */
export function ProblemNote({ press, topic, steps }: ProblemNoteProps) {
  const problem = useStore(press.store, state => state.problem)
  const shown = problem && (topic === undefined || topicOf(problem.code) === topic) ? problem : null
  return (
    <div role="alert">
      {shown ? (
        <div className="note studio-note">
          {problemText(shown)} {shown.code === 'price_changed' ? <PriceNow press={press} /> : null}
          <div className="note-actions">
            {steps(shown)}
            <NextSteps press={press} code={shown.code} />
          </div>
        </div>
      ) : null}
    </div>
  )
}
