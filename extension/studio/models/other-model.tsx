import { useLocalText, useT } from '../../platform/i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { useCurrentModel } from '../order/current.ts'
import { setModel } from '../store.ts'
import { useAlternative } from './alternative.ts'
import type { Priced } from './priced.ts'

/** Chooses another model, which is named with its price. */
export function UseModel({ other }: { other: Priced | undefined }) {
  const t = useT()
  const localText = useLocalText()
  if (!other) return null
  return (
    <Button look="link" onClick={() => setModel(other.model.id)}>
      {t('studio.wait.use_instead', { model: localText(other.model.name), price: other.price })}
    </Button>
  )
}

/** The cheapest other model for what lies ready, where these credits are enough for it. */
export function CheaperModel({ have }: { have: number }) {
  const other = useAlternative(useCurrentModel()?.id)
  return <UseModel other={other && other.price <= have ? other : undefined} />
}
