import type { Model } from '../../../bff/contract/models.ts'
import { useLocalText, useT } from '../../platform/i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { useCurrentModel } from '../order/current.ts'
import { setModel } from '../store.ts'
import { useAlternative, useSuccessor } from './alternative.ts'
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

/** What there is to know of the chosen model; one that ends or cannot be used names another. */
export function ModelState({ model }: { model: Model }) {
  const t = useT()
  const localText = useLocalText()
  const successor = useSuccessor(model.id)
  const other = useAlternative(model.id)
  const name = localText(model.name)
  if (model.status !== 'live')
    return (
      <p className="note studio-note">
        {t(model.status === 'retired' ? 'studio.model.retired' : 'studio.model.retiring', { model: name })}{' '}
        <UseModel other={successor ?? other} />
      </p>
    )
  if (model.availability === 'needs_key')
    return (
      <p className="note studio-note">
        {t('studio.model.needs_key_named', { model: name })} <UseModel other={other} />
      </p>
    )
  return <p className="studio-about">{localText(model.about)}</p>
}
