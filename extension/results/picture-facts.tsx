import type { Picture } from '../../bff/contract/library.ts'
import { formatTime, useT } from '../platform/i18n.ts'
import { useModelName } from './use-model-name.ts'

/** How a picture was made: its words, model, size, seed and time. */
export function PictureFacts({ picture }: { picture: Picture }) {
  const t = useT()
  const model = useModelName(picture.model)
  const size = t('results.fact_size_value', { width: String(picture.width), height: String(picture.height) })
  const facts = [
    [t('results.fact_model'), model],
    [t('results.fact_size'), size],
    // A seed is a name, not an amount: no separators.
    [t('results.fact_seed'), String(picture.options.seed)],
    [t('results.fact_made'), formatTime(picture.createdAt)],
  ] as const

  return (
    <div className="results-facts">
      {picture.prompt.trim() && <p className="results-prompt">{picture.prompt}</p>}
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="results-judge">{t('results.judge')}</p>
    </div>
  )
}
