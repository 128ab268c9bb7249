import { useT } from '../platform/i18n.ts'
import { useModels } from './models/models.ts'
import { imageModels, isOpen } from './models/offered.ts'
import { UseModel } from './models/use-model.tsx'
import type { Readiness } from './readiness.ts'
import { usePriceFor } from './use-price.ts'

function CreditsNote({ have, need }: { have: number; need: number }) {
  const t = useT()
  const list = useModels(models => models.list)
  const priceFor = usePriceFor()
  const affordable = imageModels(list ?? [])
    .filter(isOpen)
    .map(model => ({ model, price: priceFor(model) }))
    .find(({ price }) => price <= have)
  return (
    <span>
      {t('studio.wait.credits', { have, count: need })} <UseModel other={affordable} />
    </span>
  )
}

/** Why Generate cannot be pressed yet, in the place of the line that says where the pictures go. */
export function ReadinessNote({ readiness }: { readiness: Readiness }) {
  const t = useT()
  if (readiness.kind === 'credits') return <CreditsNote have={readiness.have} need={readiness.need} />
  return <span>{readiness.kind === 'wait' ? t(`studio.wait.${readiness.reason}`) : null}</span>
}
