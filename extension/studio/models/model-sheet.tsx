import { useId, useState } from 'react'
import type { Model } from '../../../bff/contract/models.ts'
import { useLocalText, useT } from '../../platform/i18n/i18n.ts'
import { IconButton } from '../../ui/button.tsx'
import { useDialog } from '../../ui/use-dialog.ts'
import { setModel } from '../store.ts'
import { ModelRow } from './model-row.tsx'
import type { Priced } from './priced.ts'
import { useRecentModels } from './recent.ts'
import { groupModels, searchModels } from './search.ts'

interface ModelSheetProps {
  models: readonly Priced[]
  chosen: Model | undefined
  onClose: () => void
}

/** Over the whole panel: every model with its price and what there is to know of it. Choosing one closes it. */
export function ModelSheet({ models, chosen, onClose }: ModelSheetProps) {
  const t = useT()
  const localText = useLocalText()
  const dialog = useDialog()
  const titleId = useId()
  const [typed, setTyped] = useState('')
  const recent = useRecentModels()
  const groups = groupModels(searchModels(models, typed), typed.trim() === '' ? recent : [])
  const choose = (id: string) => {
    setModel(id)
    onClose()
  }
  return (
    <dialog
      ref={dialog}
      className="models"
      aria-labelledby={titleId}
      onCancel={event => {
        event.preventDefault()
        onClose()
      }}
    >
      <header>
        <h2 id={titleId}>{t('studio.model.title_many')}</h2>
        <input
          type="search"
          aria-label={t('studio.model.search')}
          placeholder={t('studio.model.search')}
          value={typed}
          onChange={event => setTyped(event.currentTarget.value)}
        />
        <IconButton icon="close" label={t('panel.close')} onClick={onClose} />
      </header>
      <div className="models-list">
        {groups.map(group => (
          <section key={group.maker?.en ?? ''}>
            <h3>{group.maker ? localText(group.maker) : t('studio.model.recent')}</h3>
            <ul>
              {group.models.map(entry => (
                <ModelRow
                  key={entry.model.id}
                  entry={entry}
                  isChosen={entry.model.id === chosen?.id}
                  onChoose={choose}
                />
              ))}
            </ul>
          </section>
        ))}
        {groups.length === 0 ? <p className="studio-about">{t('studio.model.none_found')}</p> : null}
        {models.some(({ model }) => model.availability === 'needs_key') ? (
          <p className="studio-about">{t('studio.model.needs_key_hint')}</p>
        ) : null}
      </div>
    </dialog>
  )
}
