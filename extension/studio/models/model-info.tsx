import type { Model } from '../../../bff/contract/models.ts'
import { countryName, useLocalText, useT } from '../../platform/i18n/i18n.ts'

const seconds = (ms: number) => Math.max(1, Math.round(ms / 1000))

const usePictures = () => {
  const t = useT()
  return ({ pictures: { min, max, roles } }: Model) => {
    if (max === 0) return t('studio.info.words_only')
    const range = min === max ? String(max) : `${min}–${max}`
    return t('studio.info.pictures_value', {
      range,
      roles: roles.map(role => t(`sources.role.${role}`)).join(t('studio.dice.joiner')),
    })
  }
}

/** All there is to know of one model: what it does, who runs it and where, by which rules, what it takes. */
export function ModelInfo({ id, model }: { id: string; model: Model }) {
  const t = useT()
  const localText = useLocalText()
  const pictures = usePictures()
  const { maker, via, country, policy, note, sizes, usualMs } = model
  const facts = [
    [t('studio.info.maker'), localText(maker)],
    ...(via ? [[t('studio.info.via'), via]] : []),
    [t('studio.info.country'), country === null ? t('studio.info.stays') : countryName(country)],
    [t('studio.info.pictures'), pictures(model)],
    ...(sizes.length > 1 ? [[t('studio.info.sizes'), sizes.map(({ name }) => name).join(' · ')]] : []),
    [t('studio.info.time'), t('studio.info.time_value', { seconds: seconds(usualMs) })],
  ] as const
  return (
    <div id={id} className="models-info">
      <p>{localText(model.about)}</p>
      {note ? <p>{localText(note)}</p> : null}
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {policy ? (
        <a href={policy} target="_blank" rel="noreferrer">
          {t('studio.info.policy', { maker: via ?? localText(maker) })}
        </a>
      ) : null}
    </div>
  )
}
