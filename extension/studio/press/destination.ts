import type { Model } from '../../../bff/contract/models.ts'
import { countryName, localText } from '../../platform/i18n/i18n.ts'
import type { MessageKey, Params } from '../../platform/i18n/translate.ts'

type T = (key: MessageKey, params?: Params) => string

/** Where pictures, or else the words, go when Generate is pressed. */
export const destinationWords = (t: T, { maker, country }: Model, pictures: number) => {
  const place = country === null ? {} : { maker: localText(maker), country: countryName(country) }
  if (pictures === 0) return t(country === null ? 'studio.where.words_stay' : 'studio.where.words_go', place)
  return t(country === null ? 'studio.where.stays' : 'studio.where.goes', { ...place, count: pictures })
}

/** What the person is told, once for each maker, before anything goes there. */
export const tellingWords = (t: T, { maker, country, name }: Model) =>
  country === null
    ? t('studio.tell.stays', { model: localText(name) })
    : t('studio.tell.goes', { maker: localText(maker), country: countryName(country) })

/** The same before the first picture is read. */
export const readingTellingWords = (t: T, { maker, country, name }: Model) =>
  country === null
    ? t('reading.tell.stays', { model: localText(name) })
    : t('reading.tell.goes', { maker: localText(maker), country: countryName(country) })
