import { useId, useState } from 'react'
import { useLocalText, useT } from '../../platform/i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { ModelInfo } from './model-info.tsx'
import type { Priced } from './priced.ts'

interface ModelRowProps {
  entry: Priced
  isChosen: boolean
  onChoose: (id: string) => void
}

/** What sets a model apart at a glance. */
function Marks({ entry: { model, isCheapest } }: { entry: Priced }) {
  const t = useT()
  const marks = [
    model.country === null && t('studio.model.local'),
    isCheapest && t('studio.model.cheapest'),
    model.status === 'retiring' && t('studio.model.ends_soon'),
    model.via,
  ].filter(Boolean)
  return <small>{marks.join(' · ')}</small>
}

/** One model of the sheet: pressing it chooses it, the link beside it tells more. One without a key cannot be chosen. */
export function ModelRow({ entry, isChosen, onChoose }: ModelRowProps) {
  const t = useT()
  const localText = useLocalText()
  const [isOpen, setOpen] = useState(false)
  const infoId = useId()
  const { model, price } = entry
  const needsKey = model.availability === 'needs_key'
  return (
    <li data-model={model.id}>
      <div className="models-row">
        <button type="button" aria-pressed={isChosen} disabled={needsKey} onClick={() => onChoose(model.id)}>
          <span>
            {localText(model.name)} <Marks entry={entry} />
          </span>
          <em>{needsKey ? t('studio.model.needs_key') : t('studio.go.credits', { count: price })}</em>
        </button>
        <Button
          look="link"
          aria-label={t('studio.model.info_named', { model: localText(model.name) })}
          aria-expanded={isOpen}
          aria-controls={isOpen ? infoId : undefined}
          onClick={() => setOpen(!isOpen)}
        >
          {t('studio.model.info')}
        </Button>
      </div>
      {isOpen ? <ModelInfo id={infoId} model={model} /> : null}
    </li>
  )
}
