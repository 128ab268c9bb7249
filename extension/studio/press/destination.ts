import type { Model } from '../../../bff/contract/models.ts'
import { countryName, localText } from '../../platform/i18n/i18n.ts'
import type { MessageKey, Params } from '../../platform/i18n/translate.ts'

type T = (key: MessageKey, params?: Params) => string

/** Where pictures, or else the words, go with a press. */
export const destinationWords = (t: T, { maker, country }: Model, pictures: number) => {
  const names = country === null ? {} : { maker: localText(maker), country: countryName(country) }
  if (pictures === 0) return t(country === null ? 'studio.where.words_stay' : 'studio.where.words_go', names)
  return t(country === null ? 'studio.where.stays' : 'studio.where.goes', { ...names, count: pictures })
}
