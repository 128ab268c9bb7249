import type { Model } from '../../../bff/contract/models.ts'
import { useT } from '../../platform/i18n/i18n.ts'
import { typed } from '../prompt/typed.ts'
import { setPart, setTransparent, useShownLanguage, useStudio } from '../store.ts'
import { SeedChoice } from './seed-choice.tsx'

/** Words to keep out, beside a prompt in one text; among the parts they are a part. */
function NegativeField() {
  const t = useT()
  const language = useShownLanguage()
  const negative = useStudio(({ parts }) => parts.negative[language])
  return (
    <label className="studio-negative">
      <span>{t('studio.negative.title')}</span>
      <textarea
        className="studio-prompt"
        rows={1}
        value={negative}
        placeholder={t('studio.negative.placeholder')}
        onChange={event => setPart('negative', typed(event.currentTarget.value))}
      />
    </label>
  )
}

/** What is rarely needed, folded away; only what this model offers. */
export function MoreOptions({ model }: { model: Model }) {
  const t = useT()
  const view = useStudio(choices => choices.view)
  const transparent = useStudio(choices => choices.transparent)
  const { options } = model
  const hasNegative = options.negative && view === 'text'
  if (!options.seed && !options.transparent && !hasNegative) return null
  return (
    <details className="studio-more">
      <summary>{t('studio.more')}</summary>
      {hasNegative ? <NegativeField /> : null}
      {options.transparent ? (
        <label className="studio-check">
          <input
            type="checkbox"
            checked={transparent}
            onChange={event => setTransparent(event.currentTarget.checked)}
          />
          {t('studio.transparent')}
        </label>
      ) : null}
      {options.seed ? <SeedChoice /> : null}
    </details>
  )
}
