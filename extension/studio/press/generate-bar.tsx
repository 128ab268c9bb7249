import '../studio.css'
import { useId, useState } from 'react'
import { useStore } from 'zustand'
import { MoneySteps } from '../../credits/money-steps.tsx'
import { useT } from '../../platform/i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { CheaperModel } from '../models/other-model.tsx'
import { useCurrentModel, useOrder, useReadiness } from '../order/current.ts'
import type { Readiness } from '../order/readiness.ts'
import { reading } from '../reading/reading.ts'
import { destinationWords } from './destination.ts'
import { Disclosure } from './disclosure.tsx'
import { making } from './making.ts'
import { MakingProblem } from './making-problem.tsx'
import { WhatIsSent } from './what-is-sent.tsx'

/** Why Generate cannot be pressed yet. */
function Missing({ readiness }: { readiness: Readiness }) {
  const t = useT()
  if (readiness.kind === 'credits')
    return (
      <span>
        {t('studio.wait.credits', { have: readiness.have, count: readiness.need })}
        <span className="note-actions">
          <CheaperModel have={readiness.have} />
          <MoneySteps code="insufficient_credits" />
        </span>
      </span>
    )
  return <span>{readiness.kind === 'wait' ? t(`studio.wait.${readiness.reason}`) : null}</span>
}

/** Where the pictures go, or what is missing; and the way to see all that is sent. */
function Line({ id, showsSent, onToggle }: { id: string; showsSent: boolean; onToggle: () => void }) {
  const t = useT()
  const readiness = useReadiness()
  const model = useCurrentModel()
  const pictures = useOrder(order => order?.pictures.length ?? 0)
  return (
    <div className="studio-line" id={id}>
      {readiness.kind === 'ready' && model ? (
        <span>{destinationWords(t, model, pictures)}</span>
      ) : (
        <Missing readiness={readiness} />
      )}
      {model ? (
        <Button look="link" aria-expanded={showsSent} onClick={onToggle}>
          {t(showsSent ? 'studio.sent.hide' : 'studio.sent.title')}
        </Button>
      ) : null}
    </div>
  )
}

/** The act itself with its price. */
function Generate({ describedBy }: { describedBy: string }) {
  const t = useT()
  const isSending = useStore(making.store, ({ phase }) => phase === 'sending')
  const isReady = useReadiness().kind === 'ready'
  const price = useOrder(order => order?.price)
  const count = useOrder(order => order?.options.count ?? 1)
  const go = count > 1 ? t('studio.go.several', { number: count }) : t('studio.go')
  return (
    <Button
      look="act"
      aria-disabled={!isReady || isSending}
      aria-busy={isSending}
      aria-describedby={describedBy}
      aria-keyshortcuts="Control+Enter Meta+Enter"
      onClick={() => void making.press()}
    >
      <span>{isSending ? t('studio.go.preparing') : go}</span>
      {price === undefined || isSending ? null : <em>{t('studio.go.credits', { count: price })}</em>}
    </Button>
  )
}

/** What costs something: always at the bottom, with its price and where the pictures go. */
export function GenerateBar() {
  const [showsSent, setShowsSent] = useState(false)
  const lineId = useId()
  return (
    <div className="studio-go">
      <Disclosure press={making} />
      <Disclosure press={reading} />
      <MakingProblem topic="press" />
      {showsSent ? <WhatIsSent /> : null}
      <Generate describedBy={lineId} />
      <Line id={lineId} showsSent={showsSent} onToggle={() => setShowsSent(!showsSent)} />
    </div>
  )
}
