import type { Model } from '../../../bff/contract/models.ts'
import { useT } from '../../platform/i18n/i18n.ts'
import { type Option, Segmented } from '../../ui/choice.tsx'
import type { OrderOptions } from '../order/choices.ts'
import { setCount, setQuality, setSize } from '../store.ts'
import { useQualityName } from './quality-name.ts'

interface OptionRowProps {
  title: string
  options: readonly Option<string>[]
  value: string
  onChange: (value: string) => void
}

/** One option by its name; none where the model offers no choice. */
function OptionRow({ title, options, value, onChange }: OptionRowProps) {
  if (options.length < 2) return null
  return (
    <div className="studio-option">
      <span>{title}</span>
      <Segmented label={title} options={options} value={value} onChange={onChange} />
    </div>
  )
}

/** Size, quality and number of the results, as far as the model offers a choice. */
export function MakeChoice({ model, options }: { model: Model; options: OrderOptions }) {
  const t = useT()
  const qualityName = useQualityName()
  const { size, quality, count } = options
  const { qualities, maxCount } = model.options
  const counts = Array.from({ length: maxCount }, (_, index) => String(index + 1))
  return (
    <>
      <OptionRow
        title={t('studio.size.title')}
        options={model.sizes.map(({ name }) => ({ value: name, label: name }))}
        value={size}
        onChange={setSize}
      />
      <OptionRow
        title={t('studio.quality.title')}
        options={qualities.map(name => ({ value: name, label: qualityName(name) }))}
        value={quality ?? ''}
        onChange={setQuality}
      />
      <OptionRow
        title={t('studio.count.title')}
        options={counts.map(number => ({ value: number, label: number }))}
        value={String(count)}
        onChange={value => setCount(Number(value))}
      />
    </>
  )
}
