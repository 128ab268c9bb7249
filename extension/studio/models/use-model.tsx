import { useLocalText, useT } from '../../platform/i18n.ts'
import { Button } from '../../shell/button.tsx'
import { setModel } from '../store.ts'
import type { Alternative } from './use-alternative.ts'

/** Chooses another model, which is named with its price. */
export function UseModel({ other }: { other: Alternative | undefined }) {
  const t = useT()
  const localText = useLocalText()
  if (!other) return null
  return (
    <Button look="link" onClick={() => setModel(other.model.id)}>
      {t('studio.wait.use_instead', { model: localText(other.model.name), price: other.price })}
    </Button>
  )
}
