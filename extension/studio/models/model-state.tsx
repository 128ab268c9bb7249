import type { Model } from '../../../bff/contract/models.ts'
import { useLocalText, useT } from '../../platform/i18n/i18n.ts'
import { useAlternative, useSuccessor } from './alternative.ts'
import { UseModel } from './other-model.tsx'

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
