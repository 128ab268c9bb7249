import '../studio.css'
import { useId, useState } from 'react'
import { useT } from '../../platform/i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { useDesk } from '../order/order.ts'
import { ReadingTelling } from '../reading/reading-disclosure.tsx'
import { destinationWords, tellingWords } from './destination.ts'
import { Telling } from './disclosure.tsx'
import { ProblemNote } from './problem-note.tsx'
import { ReadinessNote } from './readiness-note.tsx'
import { acknowledgeAndGenerate, dismissTelling, pressGenerate, useSubmission } from './submission.ts'
import { WhatIsSent } from './what-is-sent.tsx'

/** The one act that costs something: always at the bottom, with its price and where the pictures go. */
export function GenerateBar() {
  const t = useT()
  const { stage } = useSubmission()
  const { readiness, price, pictures, asked } = useDesk()
  const [showsSent, setShowsSent] = useState(false)
  const lineId = useId()

  const count = asked?.options.count ?? 1
  const isSending = stage === 'sending'

  return (
    <div className="studio-go">
      {stage === 'telling' && asked ? (
        <Telling
          model={asked.model}
          title={t('studio.tell.title')}
          words={tellingWords(t, asked.model)}
          yes={t('studio.tell.yes')}
          onYes={acknowledgeAndGenerate}
          onNo={dismissTelling}
        />
      ) : null}
      <ReadingTelling />
      <ProblemNote place="button" />
      {showsSent ? <WhatIsSent /> : null}
      <Button
        look="act"
        aria-disabled={readiness.kind !== 'ready' || isSending}
        aria-busy={isSending}
        aria-describedby={lineId}
        aria-keyshortcuts="Control+Enter Meta+Enter"
        onClick={pressGenerate}
      >
        <span>
          {isSending
            ? t('studio.go.preparing')
            : count > 1
              ? t('studio.go.several', { number: count })
              : t('studio.go')}
        </span>
        {asked && !isSending ? <em>{t('studio.go.credits', { count: price })}</em> : null}
      </Button>
      <div className="studio-line" id={lineId}>
        {readiness.kind === 'ready' ? (
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
