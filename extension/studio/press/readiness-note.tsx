import { MoneySteps } from '../../credits/money-steps.tsx'
import { useT } from '../../platform/i18n/i18n.ts'
import { CheaperModel } from '../models/use-model.tsx'
import type { Readiness } from '../order/readiness.ts'

/** Why Generate cannot be pressed yet, in the place of the line that says where the pictures go. */
export function ReadinessNote({ readiness }: { readiness: Readiness }) {
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
