import type { Model } from '../../../bff/contract/models.ts'
import { useT } from '../../platform/i18n.ts'
import { Segmented } from '../../shell/choice.tsx'
import { optionsFor } from '../choices.ts'
import { setCount, setQuality, useStudio } from '../store.ts'
import { useQualityName } from './quality-name.ts'

/** Quality and number of the results, as far as the model offers a choice. */
export function MakeChoice({ model }: { model: Model }) {
  const t = useT()
  const choices = useStudio(state => state)
  const qualityName = useQualityName()
  const { quality, count = 1 } = optionsFor(model, choices)
  const { qualities, maxCount } = model.options
  return (
    <>
      {qualities.length > 1 ? (
        <div className="studio-option">
          <span>{t('studio.quality.title')}</span>
          <Segmented
            label={t('studio.quality.title')}
            options={qualities.map(name => ({ value: name, label: qualityName(name) }))}
            value={quality ?? null}
            onChange={setQuality}
          />
        </div>
      ) : null}
      {maxCount > 1 ? (
        <div className="studio-option">
          <span>{t('studio.count.title')}</span>
          <Segmented
            label={t('studio.count.title')}
            options={Array.from({ length: maxCount }, (_, index) => ({
              value: String(index + 1),
              label: String(index + 1),
            }))}
            value={String(count)}
            onChange={value => setCount(Number(value))}
          />
        </div>
      ) : null}
    </>
  )
}
