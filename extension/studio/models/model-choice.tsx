import './models.css'
import { useState } from 'react'
import { useStore } from 'zustand'
import type { Model } from '../../../bff/contract/models.ts'
import { loadModels, useModels } from '../../catalogue/catalogue.ts'
import { useLocalText, useT } from '../../platform/i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Chips } from '../../ui/choice.tsx'
import { problemText } from '../../ui/problem-text.ts'
import { Section } from '../../ui/section.tsx'
import { useCurrentModel } from '../order/current.ts'
import { MakingProblem } from '../press/making-problem.tsx'
import { setModel } from '../store.ts'
import { ModelSheet } from './model-sheet.tsx'
import { ModelState } from './other-model.tsx'
import { type Priced, pricedStore, shortlist } from './priced.ts'
import { useRecentModels } from './recent.ts'

function ModelChips({ models, chosen }: { models: readonly Priced[]; chosen: Model | undefined }) {
  const t = useT()
  const localText = useLocalText()
  const recent = useRecentModels()
  const options = shortlist(models, { chosen: chosen?.id, recent }).map(({ model, price, isCheapest }) => ({
    value: model.id,
    name: [localText(model.name), t('studio.go.credits', { count: price }), isCheapest && t('studio.model.cheapest')]
      .filter(Boolean)
      .join(', '),
    label: (
      <>
        {localText(model.name)} <em>{isCheapest ? `${price} · ${t('studio.model.cheapest')}` : price}</em>
      </>
    ),
  }))
  return <Chips label={t('studio.model.title_many')} options={options} value={chosen?.id ?? null} onChange={setModel} />
}

/** The catalogue's models with the price each would take now: a few as chips, all of them in a sheet. */
export function ModelChoice() {
  const t = useT()
  const list = useModels(models => models.list)
  const problem = useModels(models => models.problem)
  const chosen = useCurrentModel()
  const [isOpen, setOpen] = useState(false)
  const models = useStore(pricedStore)
  return (
    <Section
      title={t(models.length > 1 ? 'studio.model.title_many' : 'studio.model.title')}
      aside={
        list ? (
          <Button look="link" aria-haspopup="dialog" onClick={() => setOpen(true)}>
            {t('studio.model.all', { number: models.length })}
          </Button>
        ) : null
      }
    >
      {list ? <ModelChips models={models} chosen={chosen} /> : null}
      {chosen ? <ModelState model={chosen} /> : null}
      {!list && !problem ? <p className="studio-about">{t('studio.model.loading')}</p> : null}
      {!list && problem ? (
        <p className="note studio-note" role="alert">
          {problemText(problem)}{' '}
          <Button look="link" onClick={() => void loadModels()}>
            {t('studio.model.again')}
          </Button>
        </p>
      ) : null}
      <MakingProblem topic="model" />
      {isOpen ? <ModelSheet models={models} chosen={chosen} onClose={() => setOpen(false)} /> : null}
    </Section>
  )
}
