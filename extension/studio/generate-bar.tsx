import './studio.css'
import { useId, useState } from 'react'
import { useT } from '../platform/i18n.ts'
import { Button } from '../shell/button.tsx'
import { destinationWords } from './destination.ts'
import { ProblemNote } from './problem-note.tsx'
import { ReadinessNote } from './readiness-note.tsx'
import { useDesk } from './submit/desk.ts'
import { pressGenerate, useSubmission } from './submit/submission.ts'
import { Telling } from './telling.tsx'
import { WhatIsSent } from './what-is-sent.tsx'

/** The one act that costs something: always at the bottom, with its price and where the pictures go. */
export function GenerateBar() {
  const t = useT()
  const { stage } = useSubmission()
  const { readiness, price, pictures, asked } = useDesk()
  const [showsSent, setShowsSent] = useState(false)
  const lineId = useId()

  const isSending = stage === 'sending'
  const mayPress = (readiness.kind === 'ready' || readiness.kind === 'sign_in') && !isSending
  const label = isSending ? 'studio.go.preparing' : readiness.kind === 'sign_in' ? 'studio.go.sign_in' : 'studio.go'

  return (
    <div className="studio-go">
      {stage === 'telling' && asked ? <Telling model={asked.model} /> : null}
      <ProblemNote place="button" />
      {showsSent ? <WhatIsSent /> : null}
      <Button
        look="act"
        aria-disabled={!mayPress}
        aria-busy={isSending}
        aria-describedby={lineId}
        aria-keyshortcuts="Control+Enter Meta+Enter"
        onClick={pressGenerate}
      >
        <span>{t(label)}</span>
        {asked && readiness.kind !== 'sign_in' && !isSending ? (
          <em>{t('studio.go.credits', { count: price })}</em>
        ) : null}
      </Button>
      <div className="studio-line" id={lineId}>
        {readiness.kind === 'ready' || readiness.kind === 'sign_in' ? (
          <span>{asked ? destinationWords(t, asked.model, pictures) : null}</span>
        ) : (
          <ReadinessNote readiness={readiness} />
        )}
        {asked ? (
          <Button look="link" aria-expanded={showsSent} onClick={() => setShowsSent(!showsSent)}>
            {t(showsSent ? 'studio.sent.hide' : 'studio.sent.title')}
          </Button>
        ) : null}
      </div>
    </div>
  )
}
