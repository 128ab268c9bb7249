import type { ApiProblemCode } from '../platform/api/problem.ts'
import { useT } from '../platform/i18n/i18n.ts'
import { Button } from '../ui/button.tsx'
import { openCredits } from './store.ts'

/** Refusals about credits, and the part of the page of credits that leads on. */
const ways: Partial<
  Record<ApiProblemCode, { label: 'credits.add' | 'credits.change_limit'; part: 'packs' | 'limits' }>
> = {
  insufficient_credits: { label: 'credits.add', part: 'packs' },
  cap_reached_day: { label: 'credits.change_limit', part: 'limits' },
  cap_reached_month: { label: 'credits.change_limit', part: 'limits' },
  confirmation_needed: { label: 'credits.change_limit', part: 'limits' },
}

interface MoneyStepsProps {
  code: ApiProblemCode
  /** Asks for the same once more, with the person's word. */
  onConfirm?: () => unknown
}

/** The way on from a refusal that is about credits. */
export function MoneySteps({ code, onConfirm }: MoneyStepsProps) {
  const t = useT()
  const way = ways[code]
  return (
    <>
      {code === 'confirmation_needed' && onConfirm ? (
        <Button look="link" onClick={() => void onConfirm()}>
          {t('credits.confirm')}
        </Button>
      ) : null}
      {way ? (
        <Button look="link" onClick={() => openCredits(way.part)}>
          {t(way.label)}
        </Button>
      ) : null}
    </>
  )
}
