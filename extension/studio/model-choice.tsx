import type { Model } from '../../bff/contract/models.ts'
import { useLocalText, useT } from '../platform/i18n.ts'
import { Button } from '../shell/button.tsx'
import { Chips } from '../shell/choice.tsx'
import { problemText } from '../shell/problem-text.ts'
import { Section } from '../shell/section.tsx'
import { loadModels, offered, useModels } from './models.ts'
import { ProblemNote } from './problem-note.tsx'
import { setModel, useCurrentModel } from './store.ts'
import { usePriceFor } from './use-price.ts'

function ModelChips({ list, chosen }: { list: readonly Model[]; chosen: Model | undefined }) {
  const t = useT()
  const localText = useLocalText()
  const priceFor = usePriceFor()
  const options = list.map(model => ({
    value: model.id,
    name: `${localText(model.name)}, ${t('studio.go.credits', { count: priceFor(model) })}`,
    label: (
      <>
        {localText(model.name)} <em>{priceFor(model)}</em>
      </>
    ),
  }))
  return <Chips label={t('studio.model.title_many')} options={options} value={chosen?.id ?? null} onChange={setModel} />
}

/** What there is to know of the chosen model; one that ends names the one that follows it. */
function ModelWords({ model, list }: { model: Model; list: readonly Model[] }) {
  const t = useT()
  const localText = useLocalText()
  const name = localText(model.name)
  const successor = list.find(other => other.id === model.successor)
  if (model.status === 'live') return <p className="studio-about">{localText(model.about)}</p>
  return (
    <p className="note studio-note">
      {t(model.status === 'retired' ? 'studio.model.retired' : 'studio.model.retiring', { model: name })}{' '}
      {successor ? (
        <Button look="link" onClick={() => setModel(successor.id)}>
          {t('studio.model.use', { model: localText(successor.name) })}
        </Button>
      ) : null}
    </p>
  )
}

/** The catalogue's models with the price each would take now. */
export function ModelChoice() {
  const t = useT()
  const { list, problem } = useModels(models => models)
  const chosen = useCurrentModel()
  return (
    <Section title={t(list && offered(list).length > 1 ? 'studio.model.title_many' : 'studio.model.title')}>
      {list ? <ModelChips list={offered(list)} chosen={chosen} /> : null}
      {list && chosen ? <ModelWords model={chosen} list={list} /> : null}
      {!list && !problem ? <p className="studio-about">{t('studio.model.loading')}</p> : null}
      {!list && problem ? (
        <p className="note studio-note" role="alert">
          {problemText(problem)}{' '}
          <Button look="link" onClick={() => void loadModels()}>
            {t('studio.model.again')}
          </Button>
        </p>
      ) : null}
      <ProblemNote place="model" />
    </Section>
  )
}
