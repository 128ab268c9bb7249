import type { CSSProperties } from 'react'
import type { Aspect, Model } from '../../../bff/contract/models.ts'
import { useT } from '../../platform/i18n/i18n.ts'
import { isReady } from '../../sources/slots/slot.ts'
import { useSources } from '../../sources/store.ts'
import { Choice } from '../../ui/choice.tsx'
import { setAspect } from '../store.ts'

/** Longest side of the little frame that stands for a ratio, in pixels. */
const frameSide = 16

const frameOf = (ratio: number): CSSProperties => ({
  width: Math.round(frameSide * Math.min(1, ratio)),
  height: Math.round(frameSide * Math.min(1, 1 / ratio)),
})

/** Width by height of an aspect; "source" has the shape of the first picture. */
const ratioOf = (aspect: Aspect, source: number) => {
  const [width, height] = aspect.split(':').map(Number)
  return width && height ? width / height : source
}

/** Keeps the frame of a panorama visible. */
const clampRatio = (ratio: number) => Math.min(4, Math.max(1 / 4, ratio))

const useSourceRatio = () =>
  useSources(({ slots }) => {
    const first = slots.find(isReady)
    return first ? clampRatio(first.state.width / first.state.height) : 1
  })

/** Shape of the result, as far as the model offers a choice. */
export function ShapeChoice({ model, aspect }: { model: Model; aspect: Aspect }) {
  const t = useT()
  const sourceRatio = useSourceRatio()
  const aspects = model.aspects.map(offered => ({
    value: offered,
    name: t(`studio.aspect.${offered}`),
    label: <span data-source={offered === 'source'} style={frameOf(ratioOf(offered, sourceRatio))} />,
  }))
  return (
    <Choice
      className="studio-ratios"
      label={t('studio.aspect.title')}
      options={aspects}
      value={aspect}
      onChange={setAspect}
    />
  )
}
