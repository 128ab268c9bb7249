import type { Picture } from '../../../bff/contract/library.ts'
import { useModelName } from '../../catalogue/use-model-name.ts'
import { formatTime, useT } from '../../platform/i18n/i18n.ts'
import { useQualityName } from '../../studio/options/quality-name.ts'

/** How a picture was made: its words, model, size, seed and time. */
export function PictureFacts({ picture }: { picture: Picture }) {
  const t = useT()
  const model = useModelName(picture.model)
  const qualityName = useQualityName()
  const { quality } = picture.options
  const size = t('results.fact_size_value', { width: String(picture.width), height: String(picture.height) })
  const facts = [
    [t('results.fact_model'), model],
    [t('results.fact_size'), size],
    ...(quality === null ? [] : [[t('results.fact_quality'), qualityName(quality)] as const]),
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
