import { useLanguage } from '../../platform/i18n/i18n.ts'
import { useStudio } from '../store.ts'
import { languageOf } from './words.ts'

/** The language in which the parts stand: the chosen one, else that of the panel. */
export const useShownLanguage = () => languageOf({ language: useStudio(choices => choices.language) }, useLanguage())
