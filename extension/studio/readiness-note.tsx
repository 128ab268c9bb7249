import { useStore } from 'zustand'
import { useLocalText, useT } from '../platform/i18n.ts'
import { Button } from '../shell/button.tsx'
import { useSources } from '../sources/store.ts'
import { offered, useModels } from './models.ts'
import type { Readiness } from './readiness.ts'
import { setModel, studioStore } from './store.ts'
import { priceWith } from './use-price.ts'

/** The first other model that the credits would pay for. */
const useAffordable = (have: number) => {
  const list = useModels(models => models.list)
  const choices = useStore(studioStore)
  const slots = useSources(sources => sources.slots)
  return offered(list ?? [])
    .map(model => ({ model, price: priceWith(model, choices, slots) }))
    .find(({ price }) => price <= have)
}

function CreditsNote({ have, need }: { have: number; need: number }) {
  const t = useT()
  const localText = useLocalText()
  const other = useAffordable(have)
  return (
    <span>
      {t('studio.wait.credits', { have, count: need })}{' '}
      {other ? (
        <Button look="link" onClick={() => setModel(other.model.id)}>
          {t('studio.wait.use_instead', { model: localText(other.model.name), price: other.price })}
        </Button>
      ) : null}
    </span>
  )
}

/** Why Generate cannot be pressed yet, in the place of the line that says where the pictures go. */
export function ReadinessNote({ readiness }: { readiness: Readiness }) {
  const t = useT()
  if (readiness.kind === 'credits') return <CreditsNote have={readiness.have} need={readiness.need} />
  return <span>{readiness.kind === 'wait' ? t(`studio.wait.${readiness.reason}`) : null}</span>
}
